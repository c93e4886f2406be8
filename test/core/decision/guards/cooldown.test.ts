import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Lease } from '../../../../core/coordination/lease.ts';
import type { Circumstances } from '../../../../core/decision/circumstances.ts';
import { cooldown } from '../../../../core/decision/guards/cooldown.ts';
import { reversal } from '../../../../core/decision/guards/reversal.ts';
import type { LastMove } from '../../../../core/decision/history.ts';
import { known } from '../../../../core/decision/known.ts';
import type { Start } from '../../../../core/decision/start.ts';
import { region } from '../../../../core/region.ts';
import { OPERATIONS, preempts } from '../../../../core/run/operation.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { fleetWith } from '../../../support/fleet.ts';
import { requestWith } from '../../../support/runs.ts';

const NOW = Date.UTC(2026, 9, 20, 8);
const MINUTE_MS = 60_000;
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'].map(region);

const regions = fc.constantFrom(...REGIONS);
const starts = fc.constantFrom<Start>(
  { by: 'signal' },
  { by: 'schedule' },
  { by: 'person' },
  { by: 'approval', approvedBy: 'maria' },
  { by: 'follow-up' },
);
const automatic = fc.constantFrom<Start>({ by: 'signal' }, { by: 'schedule' });

const moves = fc
  .record({ source: regions, target: regions, operation: fc.constantFrom(...OPERATIONS), minutesAgo: fc.integer({ min: 0, max: 200 }) })
  .map(
    ({ source, target, operation, minutesAgo }): LastMove => ({
      runId: 'payments-1-1',
      intent: 'payments-1',
      operation,
      source,
      target,
      incident: 'INC-0',
      start: 'signal',
      endedAt: NOW - minutesAgo * MINUTE_MS,
    }),
  );

const leases = fc.option(
  fc
    .constantFrom(...OPERATIONS)
    .map((operation): Lease => ({ holder: 'other-1', operation, fence: 1, expiresAt: NOW + MINUTE_MS, released: false })),
  { nil: undefined },
);

const worlds = (start: fc.Arbitrary<Start>): fc.Arbitrary<Circumstances> =>
  fc
    .record({
      start,
      move: fc.option(moves, { nil: undefined }),
      lease: leases,
      operation: fc.constantFrom(...OPERATIONS),
      source: regions,
      target: regions,
      cooldownMinutes: fc.integer({ min: 0, max: 120 }),
      isAcknowledged: fc.boolean(),
      isOpen: fc.boolean(),
    })
    .map(({ start: by, move, lease, operation, source, target, cooldownMinutes, isAcknowledged, isOpen }) =>
      circumstancesWith({
        now: NOW,
        start: by,
        request: requestWith({ operation, source, target }),
        fleet: fleetWith({ posture: 'automatic', standbys: ['us-west-2', 'eu-west-1'], cooldownMinutes }),
        lease: known(lease),
        history: known({
          ...(move === undefined ? {} : { lastMove: move }),
          ...(isAcknowledged && move !== undefined ? { acknowledged: { runId: move.runId, by: 'maria', at: NOW } } : {}),
        }),
        lastMoveOpen: known(isOpen),
      }),
    );

const answers = (world: Circumstances) => [cooldown.judge(world).kind, reversal.judge(world).kind];
const lastMove = ({ history }: Circumstances): LastMove | undefined => (history.kind === 'known' ? history.value.lastMove : undefined);
const isPreempting = ({ lease, request }: Circumstances): boolean =>
  request.operation === 'failover' && lease.kind === 'known' && lease.value !== undefined && preempts('failover', lease.value.operation);

describe('Cooldown and reversal', () => {
  it('never bind a person, an approved run, or the follow-up of an intent', () => {
    const free = fc.constantFrom<Start>({ by: 'person' }, { by: 'approval', approvedBy: 'maria' }, { by: 'follow-up' });
    fc.assert(fc.property(worlds(free), (world) => assert.deepEqual(answers(world), ['pass', 'pass'])));
  });

  it('never bind an incident that takes the fleet from something less urgent', () => {
    fc.assert(fc.property(worlds(starts).filter(isPreempting), (world) => assert.deepEqual(answers(world), ['pass', 'pass'])));
  });

  it('bind every other automatic run until the cooldown of the last move is over or an operator acknowledged it, and not a moment longer', () => {
    fc.assert(
      fc.property(
        worlds(automatic).filter((world) => !isPreempting(world)),
        (world) => {
          const move = lastMove(world);
          const isAcknowledged = world.history.kind === 'known' && world.history.value.acknowledged !== undefined;
          const isCooling = move !== undefined && !isAcknowledged && NOW < move.endedAt + world.fleet.cooldownMinutes * MINUTE_MS;
          assert.equal(cooldown.judge(world).kind, isCooling ? 'refuse' : 'pass');
        },
      ),
    );
  });

  it('never let a signal move a fleet from A to B and back to A while that move is wanted', () => {
    fc.assert(
      fc.property(
        worlds(automatic).filter((world) => !isPreempting(world)),
        (world) => {
          const move = lastMove(world);
          const isBack = move !== undefined && move.source === world.request.target && move.target === world.request.source;
          const isWanted = world.lastMoveOpen.kind === 'known' && world.lastMoveOpen.value;
          if (isBack && isWanted) assert.equal(reversal.judge(world).kind, 'refuse');
          if (!isBack) assert.equal(reversal.judge(world).kind, 'pass');
        },
      ),
    );
  });

  it('are lifted by time and by nothing that happens to the clock before: later is never stricter', () => {
    fc.assert(
      fc.property(worlds(automatic), fc.integer({ min: 0, max: 500 }), (world, minutes) => {
        const lease = known(undefined);
        const sooner = answers({ ...world, lease });
        const later = answers({ ...world, lease, now: NOW + minutes * MINUTE_MS });
        for (const [index, answer] of sooner.entries()) if (answer === 'pass') assert.equal(later[index], 'pass');
      }),
    );
  });

  it('bind while nobody can read the fleet’s history', () => {
    const history = { kind: 'unknown', why: 'the table timed out' } as const;

    assert.deepEqual(answers(circumstancesWith({ history })), ['unknown', 'unknown']);
    assert.deepEqual(answers(circumstancesWith({ history, start: { by: 'follow-up' } })), ['pass', 'pass']);
  });
});
