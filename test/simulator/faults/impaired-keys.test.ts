import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { ImpairedKeys } from '../../../simulator/faults/impaired-keys.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { ACCOUNT, KmsWorld, SOURCE, STARTS_AT, TARGET, THIRD } from '../kms/kms-world.ts';

type Name = 'disabled-replicas' | 'missing-replicas' | 'denied-target';
const NAMES: readonly Name[] = ['disabled-replicas', 'missing-replicas', 'denied-target'];

const prepare = (names: readonly Name[], keyCount: number, seed = 1) => {
  const context = { random: new Seeded(seed), clock: new VirtualClock(STARTS_AT), source: SOURCE, target: TARGET, keyCount };
  const faults = names.map((name) => new ImpairedKeys(name, context));
  const world = new KmsWorld({ seed, unkindness: 'unkind', makeFaults: () => faults });
  const keyIds = Array.from({ length: keyCount }, () => world.key({ replicas: [TARGET, THIRD] }));
  return { world, faults, keyIds, affected: faults.map((fault) => fault.affected.map(({ keyId }) => keyId)) };
};

const REFUSALS: Readonly<Record<Name, string>> = {
  'disabled-replicas': 'DisabledException',
  'missing-replicas': 'ValidationException',
  'denied-target': 'AccessDeniedException',
};

for (const name of NAMES) {
  describe(`The fault ${name}`, () => {
    it('strikes exactly 7 % of the keys, at least one, and says which', () => {
      for (const [keyCount, expected] of [
        [1, 1],
        [7, 1],
        [100, 7],
        [250, 18],
      ] as const) {
        const { faults, affected, keyIds } = prepare([name], keyCount);
        assert.equal(affected[0]?.length, expected, `${keyCount} keys`);
        assert.equal(faults[0]?.struck, expected);
        assert.ok(affected[0]?.every((keyId) => keyIds.includes(keyId)));
        assert.ok(faults[0]?.affected.every(({ account }) => account === ACCOUNT));
      }
    });

    it(`makes the promotion of those keys end in ${REFUSALS[name]}, and of no other`, async () => {
      const { world, keyIds, affected } = prepare([name], 30);

      for (const KeyId of keyIds) {
        await world.pass(1_000);
        const promoted = world.promote(KeyId);
        if (affected[0]?.includes(KeyId)) await assert.rejects(promoted, { name: REFUSALS[name] });
        else await assert.doesNotReject(promoted);
      }
    });

    it('looks as if it had always been so, even to the stalest read', async () => {
      const { world, affected } = prepare([name], 30);
      const KeyId = affected[0]?.[0] ?? '';

      const reads = await world.run(Promise.all(Array.from({ length: 40 }, () => world.at(SOURCE).describeKey({ KeyId }))));

      const hasReplica = new Set(
        reads.map(({ KeyMetadata }) => KeyMetadata?.MultiRegionConfiguration?.ReplicaKeys?.some(({ Region }) => Region === TARGET)),
      );
      assert.deepEqual(hasReplica, new Set([name !== 'missing-replicas']));
      if (name === 'disabled-replicas') {
        const there = await world.run(Promise.all(Array.from({ length: 40 }, () => world.at(TARGET).describeKey({ KeyId }))));
        assert.deepEqual(new Set(there.map(({ KeyMetadata }) => KeyMetadata?.KeyState)), new Set(['Disabled']));
      }
    });

    it('chooses by the seed', () => {
      assert.deepEqual(prepare([name], 100, 5).affected, prepare([name], 100, 5).affected);
      assert.notDeepEqual(prepare([name], 100, 5).affected, prepare([name], 100, 6).affected);
    });
  });
}

describe('The faults that impair keys', () => {
  it('strike different keys when they come together', () => {
    const { affected } = prepare(NAMES, 100);

    assert.equal(new Set(affected.flat()).size, 21);
  });

  it('leave keys alone that would not move from source to target', () => {
    const context = { random: new Seeded(1), clock: new VirtualClock(STARTS_AT), source: SOURCE, target: TARGET, keyCount: 1 };
    const fault = new ImpairedKeys('disabled-replicas', context);
    const world = new KmsWorld({ makeFaults: () => [fault] });
    world.key({ primary: TARGET, replicas: [SOURCE] });
    world.key({ replicas: [THIRD] });

    assert.deepEqual(fault.affected, []);
    const keyId = world.key();
    assert.deepEqual(fault.affected, [{ account: ACCOUNT, keyId }]);
  });
});
