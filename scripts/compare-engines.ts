import type { JsonValue } from '../simulator/asl/json.ts';
import { StepFunctions } from '../simulator/asl/step-functions.ts';
import { VirtualClock } from '../simulator/clock/virtual-clock.ts';
import { Seeded } from '../simulator/random/seeded.ts';
import definition from '../statemachine/failover.asl.json' with { type: 'json' };
import { type Answer, runOnReference } from '../test/simulator/asl/reference-engine.ts';

/*
 * How fast our interpreter and aws-local-stepfunctions run the deployed definition: one account, 200 batches (10,000 keys),
 * functions that do nothing but wait. Prints wall milliseconds, the best of several rounds. The figures are quoted in
 * docs/decisions/0003-our-own-interpreter.md.
 */
const BATCHES = 200;
const ROUNDS = 5;
const STARTS_AT = Date.parse('2026-10-20T07:00:00Z');
const INPUT = { fleet: 'payments' };

/** The chain at its best: every batch goes once round, and is settled at the second poll. */
const chain = (clock: VirtualClock, count: () => void): Answer => {
  const polled = new Set<string>();
  const answerOf = (state: string, payload: JsonValue): JsonValue => {
    const batch = JSON.stringify(payload);
    switch (state) {
      case 'Plan':
        return { next: 'run', waitSeconds: 0, stages: ['rest'] };
      case 'OpenStage':
        return { next: 'run', waitSeconds: 0, accounts: [{ batches: Array.from({ length: BATCHES }, (_, index) => index + 1) }] };
      case 'Precheck':
        return { next: 'promote', waitSeconds: 10 };
      case 'Promote':
        return { next: 'poll', waitSeconds: 10 };
      case 'Poll':
        return { next: polled.size < polled.add(batch).size ? 'poll' : 'verify', waitSeconds: 3 };
      case 'Verify':
        return { next: 'done', waitSeconds: 0 };
      default:
        return { result: 'complete', green: true };
    }
  };
  return async (state, payload) => {
    count();
    await clock.sleep(200);
    return answerOf(state, payload);
  };
};

interface Measured {
  readonly wallMs: number;
  readonly calls: number;
  readonly virtualMs: number;
}

const measure = async (run: (clock: VirtualClock, answer: Answer) => Promise<void>): Promise<Measured> => {
  const clock = new VirtualClock(STARTS_AT);
  let calls = 0;
  const answer = chain(clock, () => {
    calls += 1;
  });
  const before = performance.now();
  await run(clock, answer);
  return { wallMs: performance.now() - before, calls, virtualMs: clock.now() - STARTS_AT };
};

const ours = (clock: VirtualClock, answer: Answer): Promise<void> => {
  const invoke = (_: string, payload: JsonValue, { state }: { readonly state: string }) => answer(state, payload);
  const engine = new StepFunctions({ definition, clock, random: new Seeded(1), invoke, latency: 'none' });
  const run = async () => {
    await engine.start('run', INPUT);
    const execution = engine.execution('run');
    await execution?.done;
    if (execution?.status !== 'SUCCEEDED') throw new Error(`Ours ended ${execution?.status}: ${execution?.cause}`);
  };
  return clock.run(run());
};

const theirs = async (clock: VirtualClock, answer: Answer): Promise<void> => {
  const { error } = await runOnReference(clock, definition, INPUT, answer);
  if (error !== undefined) throw new Error(`Theirs ended with ${error}`);
};

for (const [name, run] of [
  ['our interpreter', ours],
  ['aws-local-stepfunctions', theirs],
] as const) {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(run));
  const best = rounds.reduce((a, b) => (b.wallMs < a.wallMs ? b : a));
  console.log(
    `${name}: ${best.wallMs.toFixed(0)} ms for ${best.calls} calls in ${(best.virtualMs / 60_000).toFixed(1)} virtual minutes (best of ${ROUNDS})`,
  );
}
