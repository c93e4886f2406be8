import type { ExecutionStatus, Executions } from '../../core/ports/executions.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Seeded } from '../random/seeded.ts';
import type { Definition } from './definition/definition.ts';
import { parseDefinition } from './definition/parse-definition.ts';
import { Execution, type ExecutionView } from './execution.ts';
import type { Engine, TaskInvoker } from './frame.ts';
import type { JsonValue } from './json.ts';
import { LATENCIES } from './latency.ts';
import { bytesOf, PAYLOAD_BYTES_MAX } from './payload-limit.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html (name) */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

interface StepFunctionsOptions {
  /** The definition as it is deployed, parsed from JSON. */
  readonly definition: unknown;
  readonly clock: VirtualClock;
  readonly random: Seeded;
  readonly invoke: TaskInvoker;
  /** `unkind` (default): slow and uneven, drawn from the seed; `none`: everything at once. */
  readonly latency?: 'unkind' | 'none';
  /** Told of each execution that begins. */
  readonly onStart?: (name: string) => void;
}

/** One state machine and its executions, as Step Functions would run them, in virtual time. */
export class StepFunctions implements Executions {
  readonly #definition: Definition;
  readonly #engine: Engine;
  readonly #executions = new Map<string, Execution>();
  readonly #onStart: (name: string) => void;

  /** @throws DefinitionRefused when the definition holds anything outside the common core */
  constructor({ definition, clock, random, invoke, latency = 'unkind', onStart = () => undefined }: StepFunctionsOptions) {
    this.#onStart = onStart;
    this.#definition = parseDefinition(definition);
    this.#engine = { clock, random, invoke, latency: LATENCIES[latency] };
  }

  /**
   * Starts an execution. The same name with the same input answers `started` again while it runs, and starts nothing;
   * a name that has ended, or runs with another input, `exists`.
   * @throws when the name or the size of the input is not allowed
   */
  async start(name: string, input: Readonly<Record<string, unknown>>): Promise<'started' | 'exists'> {
    if (!NAME.test(name)) throw new Error(`InvalidName: expected an execution name of 1 to 80 plain characters, got "${name}".`);
    const text = JSON.stringify(input);
    const before = this.#executions.get(name);
    if (before !== undefined) return before.status === 'RUNNING' && before.inputText === text ? 'started' : 'exists';
    const data: JsonValue = JSON.parse(text);
    if (bytesOf(data) > PAYLOAD_BYTES_MAX)
      throw new Error(`ValidationException: the input of "${name}" is ${bytesOf(data)} bytes, at most ${PAYLOAD_BYTES_MAX} are allowed.`);
    this.#executions.set(name, new Execution(this.#engine, this.#definition, name, text));
    this.#onStart(name);
    return 'started';
  }

  async status(name: string): Promise<ExecutionStatus | undefined> {
    return this.#executions.get(name)?.status;
  }

  /** What is known about an execution, running or ended; undefined when there was none of this name. */
  execution(name: string): ExecutionView | undefined {
    return this.#executions.get(name);
  }

  /**
   * Aborts an execution: it and its children enter no further state, and no Catch runs. A function in flight goes on to
   * its end. Nothing happens to an execution that has ended.
   * @throws when there is no execution of this name
   */
  stop(name: string): void {
    const execution = this.#executions.get(name);
    if (execution === undefined) throw new Error(`ExecutionDoesNotExist: there is no execution "${name}" to stop.`);
    execution.stop();
  }
}
