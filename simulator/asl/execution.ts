import type { ExecutionStatus } from '../../core/ports/executions.ts';
import type { Definition } from './definition/definition.ts';
import { Halted, StateFailure } from './failure.ts';
import { type Engine, type ExecutionFrame, sequenceIn } from './frame.ts';
import { History } from './history.ts';
import { runBlock } from './interpreter.ts';
import type { JsonValue } from './json.ts';
import { withinLimit } from './payload-limit.ts';
import { Scope } from './scope.ts';
import { emptyTally, type Tally } from './tally.ts';

/** What one sees of an execution from outside. */
export interface ExecutionView extends Readonly<Tally> {
  readonly status: ExecutionStatus;
  /** Only of an execution that SUCCEEDED. */
  readonly output: JsonValue | undefined;
  /** Of one that FAILED or TIMED_OUT. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Resolves when the execution has ended, however; rejects only for a bug in the simulator or in an invoker. */
  readonly done: Promise<void>;
}

/** A made-up place for execution ARNs: nothing may depend on account or Region of the state machine. */
const ARN_PREFIX = 'arn:aws:states:us-west-2:111122223333:execution:failover';

/** A top-level execution. It starts as soon as it is made. */
export class Execution implements ExecutionView {
  readonly inputText: string;
  readonly done: Promise<void>;
  #status: ExecutionStatus = 'RUNNING';
  #output: JsonValue | undefined;
  #failure: StateFailure | undefined;
  #ended: () => void = () => undefined;
  readonly #tally = emptyTally();
  readonly #scope = new Scope();

  constructor(engine: Engine, definition: Definition, name: string, inputText: string) {
    this.inputText = inputText;
    const input: JsonValue = JSON.parse(inputText);
    const startTime = new Date(engine.clock.now()).toISOString();
    const frame = { engine, name, arnPrefix: ARN_PREFIX, input, startTime, history: new History(this.#tally), tally: this.#tally };
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    this.done = Promise.race([ended, this.#run(definition, frame)]);
  }

  get status(): ExecutionStatus {
    return this.#status;
  }
  get output(): JsonValue | undefined {
    return this.#output;
  }
  get error(): string | undefined {
    return this.#failure?.error;
  }
  get cause(): string | undefined {
    return this.#failure?.cause;
  }
  get stateTransitions(): number {
    return this.#tally.stateTransitions;
  }
  get historyEvents(): number {
    return this.#tally.historyEvents;
  }
  get children(): number {
    return this.#tally.children;
  }
  get payloadBytesMax(): number {
    return this.#tally.payloadBytesMax;
  }

  /** Aborts the execution if it still runs. */
  stop(): void {
    this.#end('ABORTED');
  }

  #end(status: ExecutionStatus, failure?: StateFailure): void {
    if (this.#status !== 'RUNNING') return;
    this.#status = status;
    this.#failure = failure;
    this.#ended();
    this.#scope.halt();
  }

  async #run(definition: Definition, execution: ExecutionFrame): Promise<void> {
    const { timeoutSeconds } = definition;
    if (timeoutSeconds !== undefined) this.#endAfter(execution, timeoutSeconds);
    try {
      execution.history.record('ExecutionStarted');
      const input = withinLimit(execution.input, 'input of the execution', execution.tally);
      const output = await runBlock(definition.block, input, sequenceIn(execution, this.#scope, execution.name));
      this.#output = output;
      this.#end('SUCCEEDED');
    } catch (thrown) {
      if (thrown instanceof StateFailure) return this.#end('FAILED', thrown);
      this.#scope.halt();
      if (!(thrown instanceof Halted)) throw thrown;
    }
  }

  async #endAfter({ engine }: ExecutionFrame, timeoutSeconds: number): Promise<void> {
    await engine.clock.sleep(timeoutSeconds * 1_000);
    this.#end('TIMED_OUT', new StateFailure('States.Timeout', `The execution ran longer than ${timeoutSeconds} seconds.`));
  }
}
