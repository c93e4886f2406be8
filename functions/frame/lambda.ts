import middy from '@middy/core';
import type { z } from 'zod';
import type { FunctionName } from '../../core/limits.ts';
import { isWarmUp } from '../../core/run/warm-up.ts';
import { problemsOf } from '../../core/words/problems.ts';
import { runtimeFromEnvironment } from './from-environment.ts';
import type { Runtime } from './runtime.ts';
import { NO_RUN, sessionNameOf } from './session.ts';
import { Situation } from './situation.ts';
import { subjectOf } from './subject.ts';
import { measuringBus } from './telling/event-figures.ts';

/** A function of the chain, ready to be given its runtime. */
export type CreateHandler = (runtime: Runtime) => (event: unknown) => Promise<unknown>;

/** The input of a step is not what the definition passes: a bug in one of the two. Step Functions sees the name. */
class InvalidStepInputError extends Situation {
  override readonly name = 'InvalidStepInput';
}

/**
 * Trouble that nobody has foreseen, most likely of a service that was called, and that may have passed when the step is repeated.
 * The definition cannot name every error of every SDK, so they all have this one name; the original's is in the message.
 */
class PassingError extends Error {
  override readonly name = 'Passing';
  constructor(cause: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), { cause });
  }
}

/**
 * Frames a function: logs its start and end with the run and the fleet that they are about, measures what it announces, parses its
 * input with a closed schema, calls it, and gives unforeseen errors one name. A warm-up does nothing but start it.
 */
export const framed =
  <I, O>(name: FunctionName, schema: z.ZodType<I>, work: (input: I, runtime: Runtime) => Promise<O>): CreateHandler =>
  (runtime) => {
    const bus = measuringBus(runtime);
    const logAbout =
      (event: unknown): Runtime['log'] =>
      (message, facts) =>
        runtime.log(message, { function: name, ...subjectOf(event), ...facts });
    const handle = middy()
      .use({
        before: ({ event }) => logAbout(event)(`${name} begins`, { event }),
        after: ({ event, response }) => logAbout(event)(`${name} ends`, { response }),
        onError: ({ event, error }) =>
          logAbout(event)(`${name} fails`, { error: error instanceof Error ? `${error.name}: ${error.message}` : error }),
      })
      .handler(async (event: unknown) => {
        const input = schema.safeParse(event);
        if (input.success) return work(input.data, { ...runtime, bus, log: logAbout(event) }).catch(rethrown);
        throw new InvalidStepInputError(`${name}: ${problemsOf(input.error, event, 'the input').join(' ')}`);
      }) as unknown as ReturnType<CreateHandler>;
    return async (event) => (isWarmUp(event) ? undefined : handle(event));
  };

const rethrown = (error: unknown): never => {
  throw error instanceof Situation ? error : new PassingError(error);
};

/** The function as Lambda calls it: its runtime is made from the environment at the first call, and kept. */
export const onLambda = (create: CreateHandler): ((event: unknown) => Promise<unknown>) => {
  let handler: ReturnType<CreateHandler> | undefined;
  let sessionName = NO_RUN;
  return async (event) => {
    // An instance works for one event at a time.
    sessionName = sessionNameOf(event);
    handler ??= create(runtimeFromEnvironment(process.env, () => sessionName));
    return handler(event);
  };
};
