import { TaskFailure } from '../../../simulator/asl/failure.ts';
import type { JsonObject, JsonValue } from '../../../simulator/asl/json.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { runToEnd, STARTS_AT, world } from './machine.ts';
import { type Answer, type Outcome, runOnReference } from './reference-engine.ts';

/** What a function does: it may sleep, throw a TaskFailure, or answer. `draw` is the same for the same seed, state, payload and repetition. */
export type Script = (state: string, clock: VirtualClock, draw: Seeded) => Promise<JsonValue>;

/** What a run looked like from outside; the calls with state, payload and time, in the order of time. */
export interface Run {
  readonly outcome: Outcome;
  readonly calls: readonly string[];
  readonly tookMs: number;
}

/** The other engine tells of its start by the real clock. */
const withoutStart = (field: string, value: unknown): unknown => (field === 'startedAt' ? undefined : value);

/** Follows the script, and writes down each call. */
const scripted = (clock: VirtualClock, seed: number, script: Script, calls: string[]): Answer => {
  const repetitions = new Map<string, number>();
  return (state, payload) => {
    const what = `${state} ${JSON.stringify(payload, withoutStart)}`;
    calls.push(`${String(clock.now() - STARTS_AT).padStart(9)} ms: ${what}`);
    const repetition = (repetitions.get(what) ?? 0) + 1;
    repetitions.set(what, repetition);
    return script(state, clock, new Seeded(`${seed}/${what}/${repetition}`));
  };
};

export const runOnOurs = async (definition: JsonObject, input: JsonObject, seed: number, script: Script): Promise<Run> => {
  const calls: string[] = [];
  let answer: Answer | undefined;
  const here = world(definition, (_, payload, { state }) => answer?.(state, payload) ?? Promise.reject(new Error('There is no script.')));
  answer = scripted(here.clock, seed, script, calls);
  const { output, error, tookMs } = await runToEnd(here, input);
  return { outcome: error === undefined ? { output: output ?? null } : { error }, calls: calls.sort(), tookMs };
};

export const runOnTheirs = async (definition: JsonObject, input: JsonObject, seed: number, script: Script): Promise<Run> => {
  const clock = new VirtualClock(STARTS_AT);
  const calls: string[] = [];
  const answer = scripted(clock, seed, script, calls);
  const named: Answer = (state, payload) =>
    answer(state, payload).catch((thrown: unknown) => {
      throw thrown instanceof TaskFailure ? Object.assign(new Error(thrown.cause), { name: thrown.error }) : thrown;
    });
  const outcome = await runOnReference(clock, definition, input, named);
  return { outcome, calls: calls.sort(), tookMs: clock.now() - STARTS_AT };
};
