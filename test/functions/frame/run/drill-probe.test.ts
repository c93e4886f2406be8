import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyRecord } from '../../../../core/batch/record.ts';
import type { Kms } from '../../../../core/ports/kms.ts';
import { drillProbes, inTurn, useKeys, useKeysWhile } from '../../../../functions/frame/run/drill-probe.ts';
import { VirtualClock } from '../../../../simulator/clock/virtual-clock.ts';
import { fleetWith } from '../../../support/fleet.ts';
import { failing, keyRef, SOURCE, TARGET } from '../../../support/keys.ts';
import { plainKms } from '../../../support/plain-kms.ts';
import { recordWith, requestWith, runWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const request = requestWith({ operation: 'drill' });
const drill = runWith({ request });
const symmetric = recordWith({ usage: 'ENCRYPT_DECRYPT', spec: 'SYMMETRIC_DEFAULT' });
const signing = recordWith({ ...keyRef('2'), usage: 'SIGN_VERIFY', spec: 'ECC_NIST_P256', algorithms: ['ECDSA_SHA_256'] });

const used = (records: readonly KeyRecord[], changes: Partial<Kms> = {}, run = drill) => {
  const { kms } = plainKms([keyRef('1'), keyRef('2')], [SOURCE, TARGET]);
  const clock = new VirtualClock(0);
  const runtime = runtimeWith({ clock, kms: { ...kms, ...changes } });
  return clock.run(useKeys(runtime, run, records));
};

describe('Keys that are used while a drill moves them', () => {
  it('encrypt on each side and decrypt on the other', async () => {
    const calls: string[] = [];
    const { kms } = plainKms([keyRef('1')], [SOURCE, TARGET]);
    const tally = await used([symmetric], {
      encrypt: (key, text) => {
        calls.push(`encrypt in ${key.region}`);
        return kms.encrypt(key, text);
      },
      decrypt: (key, text) => {
        calls.push(`decrypt in ${key.region}`);
        return kms.decrypt(key, text);
      },
    });

    assert.deepEqual(tally, { calls: 4, failed: 0, examples: [] });
    assert.deepEqual(calls.toSorted(), [`decrypt in ${SOURCE}`, `decrypt in ${TARGET}`, `encrypt in ${SOURCE}`, `encrypt in ${TARGET}`]);
  });

  it('are rehearsed in both Regions when they do not encrypt, and really sign where the fleet file wants signatures', async () => {
    const noDryRun = { rehearse: async () => failing('refused') };

    assert.deepEqual(await used([signing]), { calls: 2, failed: 0, examples: [] });
    assert.equal((await used([signing], noDryRun)).failed, 2);
    assert.equal((await used([signing], noDryRun, runWith({ request, fleet: fleetWith({ proof: 'signatures' }) }))).failed, 0);
  });

  it('are counted as failed when KMS refuses, when it says something else than before, and when it does not answer in time', async () => {
    const refused = await used([symmetric], { encrypt: async () => failing('internal') });
    const garbled = await used([symmetric], { decrypt: async () => ({ kind: 'plaintext', plaintext: 'something else' }) });
    const silent = await used([symmetric], { decrypt: () => new Promise(() => undefined) });

    assert.deepEqual([refused.calls, refused.failed], [2, 2]);
    assert.deepEqual([garbled.calls, garbled.failed], [4, 2]);
    assert.match(garbled.examples[0] ?? '', /decrypts to another text/);
    assert.deepEqual([silent.calls, silent.failed], [4, 2]);
    assert.match(silent.examples[0] ?? '', /no answer within 3 s/);
  });

  it('are left alone as long as nothing is known of their kind', async () => {
    assert.deepEqual(await used([recordWith()]), { calls: 0, failed: 0, examples: [] });
  });

  it('take turns', () => {
    assert.deepEqual(inTurn(['a', 'b', 'c'], 0), ['a', 'b']);
    assert.deepEqual(inTurn(['a', 'b', 'c'], 1), ['c', 'a']);
    assert.deepEqual(inTurn(['a'], 7), ['a']);
  });
});

describe('Calls beside a piece of work', () => {
  const beside = (run: typeof drill) => {
    const { kms } = plainKms([keyRef('1')], [SOURCE, TARGET]);
    const clock = new VirtualClock(0);
    const runtime = runtimeWith({ clock, kms });
    return clock.run(useKeysWhile(runtime, run, [symmetric], clock.sleep(3_500)));
  };

  it('go on for as long as the work takes', async () => {
    assert.deepEqual(await beside(drill), { calls: 16, failed: 0, examples: [] });
  });

  it('are made in drills only, and not where the fleet file wants no proof', async () => {
    const silent = runWith({ request, fleet: fleetWith({ proof: 'none' }) });

    assert.deepEqual([drill, silent, runWith()].map(drillProbes), [true, false, false]);
    assert.equal((await beside(runWith())).calls, 0);
  });
});
