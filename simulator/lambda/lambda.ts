import { TaskFailure } from '../asl/failure.ts';
import type { JsonValue } from '../asl/json.ts';
import { skewed, type VirtualClock } from '../clock/virtual-clock.ts';
import type { Seeded } from '../random/seeded.ts';
import { type FunctionCounts, noCounts } from './counts.ts';
import type { Crashes } from './crashes.ts';
import { Instance, type LambdaInstance } from './instance.ts';

/** What a handler gets besides its event; the real context's `getRemainingTimeInMillis` is left out: middy would set native timers for it. */
interface LambdaContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
}

type Handler = (event: unknown, context: LambdaContext) => Promise<unknown>;

export interface FunctionSpec {
  /** Makes what a new execution environment makes at its cold start. Called once per instance. */
  readonly createInstance: (instance: LambdaInstance) => Handler | Promise<Handler>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

interface Environment {
  readonly instance: Instance;
  readonly handler: Handler;
}

interface Registered {
  readonly spec: FunctionSpec;
  readonly random: Seeded;
  readonly clockOffsetMs: number;
  /** Instances without work, the one used last at the end. */
  readonly idle: Environment[];
  readonly counts: FunctionCounts;
}

interface LambdaOptions {
  readonly clock: VirtualClock;
  readonly random: Seeded;
  readonly crashes?: Crashes;
}

/** How far a clock may be off, either way. Our choice, far worse than what Amazon Time Sync delivers: nothing may depend on less. */
const CLOCK_OFFSET_MS_MAX = 200;

/** How a failure without an error type reads in Step Functions. https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html */
const unknownFailure = (errorMessage: string): TaskFailure =>
  new TaskFailure(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${JSON.stringify({ errorMessage })}`,
  );

const failureOf = (thrown: unknown): TaskFailure => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new TaskFailure(error.name, JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: [] }));
};

/** As JSON and back, so that neither side holds an object of the other's; nothing at all becomes null. */
const throughJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value) ?? 'null');

/**
 * AWS Lambda for one process: instances that start cold and are used again, clocks that are off, timeouts, crashes,
 * and a bill. Every function draws from streams of its own.
 */
export class Lambda {
  readonly #options: LambdaOptions;
  readonly #functions = new Map<string, Registered>();

  constructor(options: LambdaOptions) {
    this.#options = options;
  }

  /** @throws when the name is taken */
  register(name: string, spec: FunctionSpec): void {
    if (this.#functions.has(name)) throw new Error(`There is already a function ${name}.`);
    const random = this.#options.random.stream(name);
    const clockOffsetMs = Math.round(random.stream('clock').between(-CLOCK_OFFSET_MS_MAX, CLOCK_OFFSET_MS_MAX));
    this.#functions.set(name, { spec, random, clockOffsetMs, idle: [], counts: noCounts() });
  }

  /** What each function has done so far, by name. */
  counts(): ReadonlyMap<string, Readonly<FunctionCounts>> {
    return new Map([...this.#functions].map(([name, { counts }]) => [name, { ...counts }]));
  }

  /**
   * Invokes a function and waits for its answer.
   * @throws TaskFailure with the name of the error that the function threw; `Lambda.Unknown` when it timed out or crashed
   */
  async invoke(name: string, payload: JsonValue): Promise<JsonValue> {
    const registered = this.#functions.get(name);
    if (registered === undefined)
      throw new Error(`There is no function ${name}; registered are ${[...this.#functions.keys()].join(', ')}.`);
    const { counts, random, idle, spec } = registered;
    counts.invocations += 1;
    const draw = random.stream(`invocation/${counts.invocations}`);
    const awsRequestId = draw.hex(32);
    const environment = idle.pop();
    const startsMs = Math.round(environment === undefined ? draw.between(500, 1_800) : draw.between(20, 150));
    await this.#options.clock.sleep(startsMs);
    if (environment === undefined) bill(registered, startsMs);
    const context = { functionName: name, functionVersion: '1', memoryLimitInMB: String(spec.memoryMb), awsRequestId };
    return this.#run(registered, environment ?? (await this.#coldStart(registered)), throughJson(payload), context);
  }

  async #coldStart({ spec, counts, clockOffsetMs }: Registered): Promise<Environment> {
    counts.coldStarts += 1;
    const instance = new Instance(counts.coldStarts, skewed(this.#options.clock, clockOffsetMs));
    try {
      return { instance, handler: await spec.createInstance(instance) };
    } catch (thrown) {
      counts.errors += 1;
      throw failureOf(thrown);
    }
  }

  async #run(registered: Registered, environment: Environment, event: JsonValue, context: LambdaContext): Promise<JsonValue> {
    const { spec, counts, idle } = registered;
    const startedAt = this.#options.clock.now();
    const ending = await this.#ending(spec, environment, event, context);
    const ms = this.#options.clock.now() - startedAt;
    counts.longestMs = Math.max(counts.longestMs, ms);
    bill(registered, ms);
    if (ending.kind === 'answered' || ending.kind === 'threw') idle.push(environment);
    else environment.instance.kill();
    switch (ending.kind) {
      case 'answered':
        return throughJson(ending.answer);
      case 'threw':
        counts.errors += 1;
        throw failureOf(ending.thrown);
      case 'timedOut':
        counts.timeouts += 1;
        throw unknownFailure(`RequestId: ${context.awsRequestId} Error: Task timed out after ${spec.timeoutSeconds.toFixed(2)} seconds`);
      case 'crashed':
        counts.crashes += 1;
        throw unknownFailure(`RequestId: ${context.awsRequestId} Error: Runtime exited with error: signal: killed`);
    }
  }

  /** Runs the handler until it answers, its time is up, or a crash strikes: at an effect, or just before the answer is out. */
  async #ending(spec: FunctionSpec, { instance, handler }: Environment, event: JsonValue, context: LambdaContext): Promise<Ending> {
    const fate = this.#options.crashes?.begin(context.functionName, JSON.stringify(event));
    const crashed = Promise.withResolvers<Ending>();
    instance.begin(fate, () => crashed.resolve({ kind: 'crashed' }));
    const timedOut = this.#options.clock.sleep(spec.timeoutSeconds * 1_000).then((): Ending => ({ kind: 'timedOut' }));
    const ending = await Promise.race([finish(handler, event, context), timedOut, crashed.promise]);
    instance.end();
    const isOver = ending.kind === 'answered' || ending.kind === 'threw';
    return isOver && fate?.atEnd() ? { kind: 'crashed' } : ending;
  }
}

type Ending =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'threw'; readonly thrown: unknown }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'crashed' };

const finish = async (handler: Handler, event: JsonValue, context: LambdaContext): Promise<Ending> => {
  try {
    return { kind: 'answered', answer: await handler(event, context) };
  } catch (thrown) {
    return { kind: 'threw', thrown };
  }
};

/** Lambda bills whole milliseconds, each of them by the memory that the function is given. */
const bill = ({ spec, counts }: Registered, ms: number): void => {
  counts.gbSeconds += (Math.ceil(ms) / 1_000) * (spec.memoryMb / 1_024);
};
