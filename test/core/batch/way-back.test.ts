import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded } from '../../../core/batch/record.ts';
import { mayBeAway, wayBack } from '../../../core/batch/way-back.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import { region } from '../../../core/region.ts';
import { keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { recordWith } from '../../support/runs.ts';

const THIRD = region('eu-west-1');

describe('A key of a drill', () => {
  it('may be away when it was called for, whatever the call’s end', () => {
    assert.equal(mayBeAway(recordWith({ attempts: 1, phase: 'sent' })), true);
  });

  it('may be away when it was found moved, though the call for it was never written down', () => {
    assert.equal(mayBeAway(concluded(recordWith(), PROMOTED)), true);
    assert.equal(mayBeAway(concluded(recordWith(), because('PROOF_REFUSED'))), true);
  });

  it('is at home when it was never called for', () => {
    assert.equal(mayBeAway(recordWith()), false);
    assert.equal(mayBeAway(concluded(recordWith(), because('NO_REPLICA'))), false);
  });
});

describe('The way back of a drill', () => {
  it('returns each key to where it came from', () => {
    const batches = wayBack(
      [recordWith({ attempts: 1, origin: SOURCE }), recordWith({ ...keyRef('2'), attempts: 1, origin: THIRD })],
      SOURCE,
      TARGET,
    );

    assert.deepEqual(
      batches.map(({ target, stage, records }) => ({ target, stage, keys: records.map(({ keyId }) => keyId) })),
      [
        { target: SOURCE, stage: 'back', keys: [keyRef().keyId] },
        { target: THIRD, stage: 'back', keys: [keyRef('2').keyId] },
      ],
    );
  });

  it('takes a key that may be away for one that comes from there, so that finding it at home is proven and not believed', () => {
    const [batch] = wayBack([recordWith({ attempts: 1, origin: SOURCE }), recordWith(keyRef('2'))], SOURCE, TARGET);

    assert.deepEqual(
      batch?.records.map(({ origin, attempts, phase }) => ({ origin, attempts, phase })),
      [
        { origin: TARGET, attempts: 0, phase: 'new' },
        { origin: undefined, attempts: 0, phase: 'new' },
      ],
    );
  });

  it('has the same batches for the same keys, at most fifty a batch, numbered beyond any plan', () => {
    const records = Array.from({ length: 120 }, (_, index) => recordWith({ ...keyRef(String(index)), attempts: 1, origin: SOURCE }));

    assert.deepEqual(wayBack(records, SOURCE, TARGET), wayBack(records, SOURCE, TARGET));
    assert.deepEqual(
      wayBack(records, SOURCE, TARGET).map(({ number, records: some }) => [number, some.length]),
      [
        [1_000_001, 50],
        [1_000_002, 50],
        [1_000_003, 20],
      ],
    );
  });
});
