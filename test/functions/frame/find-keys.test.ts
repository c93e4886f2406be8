import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOf } from '../../../core/inventory/inventory.ts';
import { accountId, region } from '../../../core/region.ts';
import { findKeys, storeInventory } from '../../../functions/frame/find-keys.ts';
import type { KmsFault } from '../../../simulator/faults/kms-fault.ts';
import { ACCOUNT, type KmsWorld, SOURCE, TARGET } from '../../simulator/kms/kms-world.ts';
import { fleetWith } from '../../support/fleet.ts';
import { faultOn, refusal, simulated } from '../../support/kms.ts';
import { runtimeWith } from '../../support/runtime.ts';

const account = accountId(ACCOUNT);
const regions = [region(SOURCE), region(TARGET)];

/** A world with one fleet, and the search for its keys. */
const searching = (keys: Readonly<Record<string, unknown>>, ...faults: readonly KmsFault[]) => {
  const { world, kms } = simulated({ makeFaults: () => faults });
  const runtime = runtimeWith({ kms, clock: world.clock });
  const fleet = fleetWith({ accounts: [ACCOUNT], keys });
  const search = () => world.run(findKeys(runtime, { fleetName: 'payments', fleet, fleets: new Map([['payments', fleet]]), regions }));
  return { world, runtime, search };
};

const places = (world: KmsWorld, ...codes: readonly string[]) =>
  Object.fromEntries(codes.map((code) => [placeOf(account, region(code)), world.clock.now()]));
const sourceFails = (operation: string) =>
  faultOn(operation, (_, call) => (call.region === SOURCE ? refusal('AccessDeniedException') : undefined));

describe('What is found of a fleet', () => {
  it('is known in full of each Region that listed all of it', async () => {
    const { world, search } = searching({ all: true });
    world.key();

    assert.deepEqual((await search()).listedAt, places(world, SOURCE, TARGET));
  });

  it('is not known in full of a Region that refused to list', async () => {
    const { world, search } = searching({ all: true }, sourceFails('ListKeys'));
    const keyId = world.key();
    const { keys, listedAt, notes } = await search();

    assert.deepEqual(listedAt, places(world, TARGET));
    assert.deepEqual(
      keys.map((key) => [key.keyId, key.listedIn]),
      [[keyId, [TARGET]]],
    );
    assert.equal(notes.length, 1);
  });

  it('is known in full of a Region that named every key and no alias, when all of them were found elsewhere', async () => {
    const { world, runtime, search } = searching({ aliases: ['alias/payments/*'] }, sourceFails('ListAliases'));
    const keyId = world.key();
    await world.run(world.at(TARGET).createAlias({ AliasName: 'alias/payments/1', TargetKeyId: keyId }));
    const found = await search();
    assert.deepEqual(found.listedAt, places(world, SOURCE, TARGET));

    await world.run(storeInventory(runtime, 'payments', found));
    world.key({ replicas: [] });
    assert.equal((await search()).listedAt[placeOf(account, region(SOURCE))], found.listedAt[placeOf(account, region(SOURCE))]);
  });

  it('remembers when a Region was last known in full, and the keys that it had then', async () => {
    let isDark = false;
    const dark: KmsFault = { name: 'dark', struck: 0, silences: (call) => isDark && call.region === SOURCE };
    const { world, runtime, search } = searching({ all: true }, dark);
    const keyId = world.key({ replicas: [] });
    const before = await search();
    await world.run(storeInventory(runtime, 'payments', before));

    isDark = true;
    const after = await search();

    assert.equal(after.listedAt[placeOf(account, region(SOURCE))], before.listedAt[placeOf(account, region(SOURCE))]);
    assert.deepEqual(
      after.keys.map((key) => [key.keyId, key.listedIn]),
      [[keyId, []]],
    );
  });

  it('tells where a key is held although its tags or aliases there do not select it: replicas have their own', async () => {
    const { world, search } = searching({ tags: { team: 'pay' } });
    world.key({ tags: { team: 'pay' } });
    const [key] = (await search()).keys;

    assert.deepEqual([key?.listedIn, key?.heldIn], [[SOURCE], [SOURCE, TARGET]]);
  });
});
