import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyRecord } from '../../../core/batch/record.ts';
import { OPERATIONS } from '../../../core/run/operation.ts';
import { assess, type Look, RESEND_AFTER_FAILURE_MS, RESEND_LATER_MS, RESEND_MS } from '../../../functions/precheck/assess.ts';
import { failing, readingsOf, SOURCE, singleView, TARGET, THIRD, viewOf } from '../../support/keys.ts';
import { fleetWithException } from '../../support/observations.ts';
import { recordWith, requestWith, runWith } from '../../support/runs.ts';

const T = Date.UTC(2026, 5, 1);

const lookWith = (changes: Partial<Look> = {}): Look => ({
  record: recordWith(),
  readings: readingsOf({ [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET) }),
  rotationRunning: 'not-asked',
  run: runWith(),
  target: TARGET,
  dark: new Set(),
  givenUp: new Set(),
  now: T,
  ...changes,
});

const seenWith = (readings: Parameters<typeof readingsOf>[0], changes: Partial<Look> = {}): KeyRecord =>
  assess(lookWith({ readings: readingsOf(readings), ...changes }));

const drill = runWith({ request: requestWith({ operation: 'drill' }) });
const failback = runWith({ request: requestWith({ operation: 'failback', source: TARGET, target: SOURCE }) });
const atThird = { [SOURCE]: viewOf(SOURCE, { primaryRegion: THIRD }), [TARGET]: viewOf(TARGET, { primaryRegion: THIRD }) };
const atTarget = { [SOURCE]: viewOf(SOURCE, { primaryRegion: TARGET }), [TARGET]: viewOf(TARGET, { primaryRegion: TARGET }) };
const underWay = { [SOURCE]: viewOf(SOURCE, { state: 'Updating' }), [TARGET]: viewOf(TARGET, { state: 'Updating' }) };

describe('A key that can be moved', () => {
  it('is ready, and what its Regions say of its nature is noted', () => {
    assert.deepEqual(assess(lookWith()), {
      ...recordWith(),
      phase: 'ready',
      origin: SOURCE,
      primary: SOURCE,
      regions: [SOURCE, TARGET],
      usage: 'ENCRYPT_DECRYPT',
      spec: 'SYMMETRIC_DEFAULT',
      algorithms: ['SYMMETRIC_DEFAULT'],
    });
  });

  it('keeps every Region that any look has shown', () => {
    const before = recordWith({ regions: [THIRD] });

    assert.deepEqual(assess(lookWith({ record: before })).regions, [THIRD, SOURCE, TARGET]);
  });

  it('keeps the origin that the first look found', () => {
    const record = recordWith({ origin: THIRD });

    assert.deepEqual([assess(lookWith({ record })).origin, assess(lookWith({ record })).primary], [THIRD, SOURCE]);
  });
});

describe('A key whose primary is in the target', () => {
  it('has nothing to do when it was there before the run looked', () => {
    const { phase, outcome } = seenWith(atTarget);

    assert.deepEqual([phase, outcome], ['done', { kind: 'already-primary', reason: 'ALREADY_THERE' }]);
  });

  it('was moved by this intent when it came from elsewhere, and is still to be proven', () => {
    const { phase, primary, outcome } = seenWith(atTarget, { record: recordWith({ origin: SOURCE }) });

    assert.deepEqual([phase, primary, outcome], ['sent', TARGET, undefined]);
  });
});

describe('A key whose primary is in a third Region', () => {
  const answers = { ...atThird, [THIRD]: viewOf(THIRD, { primaryRegion: THIRD }) };

  it('is safe elsewhere in a failover, when that Region answers', () => {
    const { phase, outcome, detail } = seenWith(answers);

    assert.deepEqual(
      [phase, outcome, detail],
      ['done', { kind: 'already-primary', reason: 'SAFE_ELSEWHERE' }, 'the primary is in eu-west-1'],
    );
  });

  it('is moved from there in every other operation', () => {
    for (const operation of OPERATIONS.filter((name) => name !== 'failover')) {
      const { phase, primary } = seenWith(answers, { run: runWith({ request: requestWith({ operation }) }) });

      assert.deepEqual([phase, primary], ['ready', THIRD], operation);
    }
  });

  it('is not safe there when that Region does not answer', () => {
    const { phase, obstacle } = seenWith({ ...atThird, [THIRD]: 'unreachable' }, { dark: new Set([THIRD]) });

    assert.deepEqual([phase, obstacle], ['new', 'PRIMARY_UNREACHABLE']);
  });
});

describe('A key in transition', () => {
  it('that this intent found elsewhere before is taken for called', () => {
    assert.equal(seenWith(underWay, { record: recordWith({ origin: SOURCE }) }).phase, 'sent');
  });

  it('by somebody else’s hand is waited out', () => {
    const { phase, obstacle } = seenWith(underWay);

    assert.deepEqual([phase, obstacle], ['new', 'STILL_UPDATING']);
  });
});

describe('A key that a rule refuses', () => {
  it('has its outcome, and the words of the rule', () => {
    const { phase, outcome, detail } = seenWith({ [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { state: 'Disabled' }) });

    assert.deepEqual([phase, outcome, detail], ['done', { kind: 'ineligible', reason: 'TARGET_DISABLED' }, 'Disabled in us-west-2']);
  });

  it('as a single-Region key has it too, although no Region can say where its primary is', () => {
    assert.deepEqual(seenWith({ [SOURCE]: singleView(SOURCE), [TARGET]: 'not-found' }).outcome, {
      kind: 'ineligible',
      reason: 'NOT_MULTI_REGION',
    });
  });

  it('is refused though its source is dark', () => {
    const { outcome } = seenWith({ [SOURCE]: 'unreachable', [TARGET]: viewOf(TARGET, { state: 'Disabled' }) }, { dark: new Set([SOURCE]) });

    assert.deepEqual(outcome, { kind: 'ineligible', reason: 'TARGET_DISABLED' });
  });

  it('for an exception stays where it is until the exception expires', () => {
    const run = runWith({ fleet: fleetWithException });

    assert.deepEqual(assess(lookWith({ run })).outcome, { kind: 'ineligible', reason: 'EXCEPTED' });
    assert.equal(assess(lookWith({ run, now: Date.UTC(2027, 0, 1) })).phase, 'ready');
  });

  it('for an exception is refused even when no Region answers', () => {
    const run = runWith({ fleet: fleetWithException });

    assert.deepEqual(seenWith({ [SOURCE]: 'unreachable', [TARGET]: 'unreachable' }, { run }).outcome, {
      kind: 'ineligible',
      reason: 'EXCEPTED',
    });
  });

  it('for its fleets is refused before anything is asked of KMS', () => {
    const record = recordWith({ otherFleets: ['orders'] });

    assert.deepEqual(seenWith({ [SOURCE]: 'unreachable' }, { record }).outcome, { kind: 'ineligible', reason: 'IN_TWO_FLEETS' });
  });
});

describe('A key whose source does not answer', () => {
  const silent = { [SOURCE]: 'unreachable', [TARGET]: viewOf(TARGET) } as const;

  it('waits while the source is dark, and is parked when it was waited for long enough', () => {
    const waiting = seenWith(silent, { dark: new Set([SOURCE]) });
    const parked = seenWith(silent, { dark: new Set([SOURCE]), givenUp: new Set([SOURCE]) });

    assert.deepEqual([waiting.phase, waiting.obstacle], ['new', 'PRIMARY_UNREACHABLE']);
    assert.deepEqual([parked.phase, parked.obstacle, parked.primary], ['parked', 'PRIMARY_UNREACHABLE', SOURCE]);
  });

  it('is not parked for another Region that was given up', () => {
    assert.equal(seenWith(silent, { dark: new Set([SOURCE, THIRD]), givenUp: new Set([THIRD]) }).phase, 'new');
  });

  for (const failure of ['unreachable', 'throttled', 'internal', 'not-found'] as const) {
    it(`(${failure}) while others are answered there is worth a try in a failover, since KMS checks the state itself`, () => {
      assert.equal(seenWith({ [SOURCE]: failure, [TARGET]: viewOf(TARGET) }).phase, 'ready');
    });
  }

  it('is not worth a try when the replica could not be read either', () => {
    const { phase, obstacle } = seenWith({ [SOURCE]: viewOf(SOURCE), [TARGET]: 'unreachable' });

    assert.deepEqual([phase, obstacle], ['new', 'TARGET_UNREACHABLE']);
  });

  for (const [failure, obstacle] of [
    ['unreachable', 'PRIMARY_UNREACHABLE'],
    ['throttled', 'THROTTLED'],
    ['internal', 'KMS_INTERNAL'],
    ['our-credentials', 'OUR_CREDENTIALS'],
  ] as const) {
    it(`(${failure}) is waited for in every other operation, with ${obstacle} in its way`, () => {
      const told = seenWith({ [SOURCE]: failure, [TARGET]: viewOf(TARGET) }, { run: drill });

      assert.deepEqual([told.phase, told.obstacle], ['new', obstacle]);
    });
  }
});

describe('A key whose target does not answer', () => {
  const silent = { [SOURCE]: viewOf(SOURCE), [TARGET]: 'unreachable' } as const;

  it('waits while the target is dark, and is parked when it was waited for long enough', () => {
    const waiting = seenWith(silent, { dark: new Set([TARGET]) });
    const parked = seenWith(silent, { dark: new Set([TARGET]), givenUp: new Set([TARGET]) });

    assert.deepEqual([waiting.phase, waiting.obstacle], ['new', 'TARGET_UNREACHABLE']);
    assert.deepEqual([parked.phase, parked.obstacle], ['parked', 'TARGET_UNREACHABLE']);
  });

  it('is parked for it too when it was called for before', () => {
    const record = recordWith({ origin: SOURCE, attempts: 1, sentAt: T - 10 * RESEND_MS });
    const { phase, obstacle } = seenWith(silent, { record, dark: new Set([TARGET]), givenUp: new Set([TARGET]) });

    assert.deepEqual([phase, obstacle], ['parked', 'TARGET_UNREACHABLE']);
  });

  it('is parked when no other Region answers either', () => {
    const dark = new Set([SOURCE, TARGET]);
    const { phase, obstacle } = seenWith({ [SOURCE]: 'unreachable', [TARGET]: 'unreachable' }, { dark, givenUp: dark });

    assert.deepEqual([phase, obstacle], ['parked', 'TARGET_UNREACHABLE']);
  });

  it('waits for the source first when both are dark, since only there can the role be handed on', () => {
    const both = { ...silent, [SOURCE]: 'unreachable', [THIRD]: viewOf(THIRD) } as const;

    assert.equal(seenWith(both, { dark: new Set([SOURCE, TARGET]) }).obstacle, 'PRIMARY_UNREACHABLE');
  });
});

describe('A key that was called for before', () => {
  const called = (attempts: number, msAgo: number) => recordWith({ origin: SOURCE, attempts, sentAt: T - msAgo });

  it('is not called for again before the effect of the call must have shown', () => {
    assert.equal(assess(lookWith({ record: called(1, RESEND_MS - 1) })).phase, 'new');
    assert.equal(assess(lookWith({ record: called(1, RESEND_MS) })).phase, 'ready');
  });

  it('is called for again sooner when KMS said at once that it failed inside', () => {
    const failed = (msAgo: number) => ({ ...called(1, msAgo), obstacle: 'KMS_INTERNAL' as const });

    assert.equal(assess(lookWith({ record: failed(RESEND_AFTER_FAILURE_MS - 1) })).phase, 'new');
    assert.equal(assess(lookWith({ record: failed(RESEND_AFTER_FAILURE_MS) })).phase, 'ready');
  });

  it('is called for twice a minute at most after the second call: KMS throttles hot keys', () => {
    assert.equal(assess(lookWith({ record: called(2, RESEND_LATER_MS - 1) })).phase, 'new');
    assert.equal(assess(lookWith({ record: called(5, RESEND_LATER_MS) })).phase, 'ready');
  });

  it('and was throttled may be called for at once', () => {
    assert.equal(assess(lookWith({ record: recordWith({ origin: SOURCE, attempts: 1 }) })).phase, 'ready');
  });
});

describe('A key of which nothing is seen', () => {
  it('is looked at again', () => {
    const { phase, obstacle, outcome } = seenWith({ [SOURCE]: 'throttled', [TARGET]: 'throttled' });

    assert.deepEqual([phase, obstacle, outcome], ['new', 'THROTTLED', undefined]);
  });

  it('is unreadable only when it was called for: else there is nothing of which one would have to know what became', () => {
    const called = recordWith({ origin: SOURCE, attempts: 1, sentAt: T });

    assert.equal(seenWith({ [SOURCE]: 'internal', [TARGET]: 'unreachable' }, { record: called }).obstacle, 'UNREADABLE');
    assert.equal(seenWith({ [SOURCE]: 'internal', [TARGET]: 'unreachable' }).obstacle, 'TARGET_UNREACHABLE');
  });

  it('is not found when every Region answers so', () => {
    assert.deepEqual(seenWith({ [SOURCE]: 'not-found', [TARGET]: 'not-found' }).outcome, { kind: 'ineligible', reason: 'NOT_FOUND' });
  });

  it('has no replica when the target says so and the source is dark', () => {
    assert.deepEqual(seenWith({ [SOURCE]: 'unreachable', [TARGET]: 'not-found' }, { dark: new Set([SOURCE]) }).outcome, {
      kind: 'ineligible',
      reason: 'NO_REPLICA',
    });
  });

  it('is refused when the target denies us the look', () => {
    assert.deepEqual(seenWith({ [SOURCE]: 'unreachable', [TARGET]: 'denied' }).outcome, { kind: 'ineligible', reason: 'DENIED_TARGET' });
  });
});

describe('A rotation under way', () => {
  it('keeps a key where it is when there was time to ask', () => {
    assert.deepEqual(assess(lookWith({ run: drill, rotationRunning: true })).outcome, { kind: 'ineligible', reason: 'ROTATING' });
  });

  it('that could not be asked about is asked about again', () => {
    const { phase, obstacle, detail } = assess(lookWith({ run: drill, rotationRunning: failing('internal') }));

    assert.deepEqual(
      [phase, obstacle, detail],
      ['new', 'KMS_INTERNAL', 'the rotation status could not be read: internal error internal message'],
    );
  });
});

describe('A failback', () => {
  it('moves a key home from where it is', () => {
    const { phase, primary } = seenWith(atTarget, { run: failback, target: SOURCE });

    assert.deepEqual([phase, primary], ['ready', TARGET]);
  });
});

describe('Imported key material that is about to expire in the target', () => {
  const expiring = { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { materialExpiresAt: T + 3_600_000 }) };

  it('keeps a key where it is in operations that can wait', () => {
    const switchover = runWith({ request: requestWith({ operation: 'switchover' }) });
    for (const run of [drill, switchover]) {
      const { phase, outcome, detail } = seenWith(expiring, { run });

      assert.deepEqual([phase, outcome], ['done', { kind: 'ineligible', reason: 'MATERIAL_EXPIRES' }]);
      assert.match(detail ?? '', /^in us-west-2 at 2026-06-01T01:00:00Z, and it is needed there until /);
    }
  });

  it('does not hold up a failover, which tells it once', () => {
    const record = seenWith(expiring);
    const again = seenWith(expiring, { record });

    assert.equal(record.phase, 'ready');
    assert.deepEqual(again.notes, record.notes);
    assert.deepEqual(record.notes, [
      'MATERIAL_EXPIRES: the imported key material expires in us-west-2 at 2026-06-01T01:00:00Z; import it there again before, or nothing decrypts there from then on',
    ]);
  });

  it('at home keeps a drill from taking the key away, and not from bringing it back', () => {
    const home = (primaryRegion: typeof SOURCE) => ({
      [SOURCE]: viewOf(SOURCE, { primaryRegion, materialExpiresAt: T + 3_600_000 }),
      [TARGET]: viewOf(TARGET, { primaryRegion }),
    });

    assert.deepEqual(seenWith(home(SOURCE), { run: drill }).outcome, { kind: 'ineligible', reason: 'MATERIAL_EXPIRES' });
    assert.equal(seenWith(home(TARGET), { run: drill, target: SOURCE }).phase, 'ready');
  });

  it('is no matter when it lasts for longer than a day', () => {
    const lasting = { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { materialExpiresAt: T + 25 * 3_600_000 }) };

    assert.deepEqual([seenWith(lasting).notes, seenWith(lasting, { run: drill }).phase], [[], 'ready']);
  });
});
