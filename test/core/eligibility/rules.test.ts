import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from '../../../core/eligibility/rules.ts';
import type { KeyState } from '../../../core/key/key.ts';
import type { ReasonOf } from '../../../core/outcome/reasons.ts';
import { failing, readingsOf, SOURCE, singleView, TARGET, viewOf } from '../../support/keys.ts';
import { anException as exception, observationWith } from '../../support/observations.ts';

/** What each state means on its side: it passes, it is waited out, or it refuses with this reason. */
const atTarget: Readonly<Record<KeyState, 'pass' | 'unknown' | ReasonOf<'ineligible'>>> = {
  Enabled: 'pass',
  Disabled: 'TARGET_DISABLED',
  PendingDeletion: 'PENDING_DELETION',
  PendingReplicaDeletion: 'PENDING_DELETION',
  PendingImport: 'PENDING_IMPORT',
  Creating: 'unknown',
  Updating: 'unknown',
  Unavailable: 'unknown',
};
const atSource = { ...atTarget, Disabled: 'SOURCE_DISABLED' } as const;
const states = Object.keys(atTarget) as KeyState[];

const isReason = (meaning: string): boolean => meaning !== 'pass' && meaning !== 'unknown';
/** A refusal on either side is final, the target's named first; else one side that is in transition is waited out. */
const expected = (source: KeyState, target: KeyState): string => {
  const meanings = [atTarget[target], atSource[source]];
  return meanings.find(isReason) ?? (meanings.includes('unknown') ? 'unknown' : 'pass');
};

describe('A key whose primary and replica are in these states', () => {
  for (const source of states) {
    for (const target of states) {
      it(`${source} and ${target}: ${expected(source, target)}`, () => {
        const readings = readingsOf({ [SOURCE]: viewOf(SOURCE, { state: source }), [TARGET]: viewOf(TARGET, { state: target }) });

        const verdict = judge(observationWith({ readings }));

        assert.equal(verdict.kind === 'refuse' ? verdict.reason : verdict.kind, expected(source, target));
      });
    }
  }
});

describe('The common verdict of the rules', () => {
  it('is the first refusal, in their order: what people decided, then what the key is, then its states', () => {
    const readings = readingsOf({ [SOURCE]: singleView(SOURCE), [TARGET]: viewOf(TARGET, { state: 'Disabled' }) });
    const everything = { exception, otherFleets: ['orders'], readings, rotationRunning: true } as const;
    const reasonOf = (changes: Parameters<typeof observationWith>[0]) => {
      const verdict = judge(observationWith(changes));
      return verdict.kind === 'refuse' ? verdict.reason : verdict.kind;
    };

    assert.equal(reasonOf(everything), 'EXCEPTED');
    assert.equal(reasonOf({ ...everything, exception: undefined }), 'IN_TWO_FLEETS');
    assert.equal(reasonOf({ readings, rotationRunning: true }), 'NOT_MULTI_REGION');
    assert.equal(reasonOf({ rotationRunning: true }), 'ROTATING');
  });

  it('is a refusal even where an earlier rule could not tell', () => {
    const readings = readingsOf({ [SOURCE]: viewOf(SOURCE, { state: 'PendingDeletion' }), [TARGET]: 'unreachable' });

    assert.deepEqual(judge(observationWith({ readings })), {
      kind: 'refuse',
      reason: 'PENDING_DELETION',
      detail: 'PendingDeletion in us-east-1',
    });
  });

  it('is the first that could not be told, where none refuses', () => {
    const readings = readingsOf({ [SOURCE]: 'unreachable', [TARGET]: viewOf(TARGET) });

    assert.deepEqual(judge(observationWith({ readings, rotationRunning: failing('internal') })), {
      kind: 'unknown',
      detail: 'us-east-1: unreachable error unreachable message',
    });
  });

  it('is pass where every rule passes', () => assert.deepEqual(judge(observationWith()), { kind: 'pass' }));
});
