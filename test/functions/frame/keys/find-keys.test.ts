import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOf } from '../../../../core/inventory/inventory.ts';
import { accountId, region } from '../../../../core/region.ts';
import { type Findings, findKeys } from '../../../../functions/frame/keys/find-keys.ts';
import { storedInventory, storeInventory } from '../../../../functions/frame/keys/stored-inventory.ts';
import type { Runtime } from '../../../../functions/frame/runtime.ts';
import type { KmsFault } from '../../../../simulator/faults/kms-fault.ts';
import { ACCOUNT, type KmsWorld, SOURCE, TARGET } from '../../../simulator/kms/kms-world.ts';
import { fleetWith, mrk } from '../../../support/fleet.ts';
import { faultOn, refusal, simulated } from '../../../support/kms.ts';
import { runtimeWith } from '../../../support/runtime.ts';
import { taggingOver } from '../../../support/tagging.ts';

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

describe('A stored key that no Region lists any more', () => {
  const stored = async (runtime: Runtime, world: KmsWorld, search: () => Promise<Findings>) => {
    const found = await search();
    await world.run(storeInventory(runtime, 'payments', found));
    return found.keys.map(({ keyId }) => keyId);
  };
  const deleteEverywhere = async (world: KmsWorld, keyId: string) => {
    await world.run(world.at(SOURCE).scheduleKeyDeletion({ KeyId: keyId, PendingWindowInDays: 7 }));
    await world.pass(8 * 86_400_000);
  };

  it('leaves the inventory, and a note says so', async () => {
    const { world, runtime, search } = searching({ all: true });
    const stays = world.key();
    const goes = world.key({ replicas: [] });
    assert.deepEqual((await stored(runtime, world, search)).toSorted(), [stays, goes].toSorted());
    await deleteEverywhere(world, goes);

    const { keys, notes } = await search();

    assert.deepEqual(
      keys.map(({ keyId }) => keyId),
      [stays],
    );
    assert.deepEqual(notes.length, 1);
    assert.match(notes[0] ?? '', new RegExp(`^INVENTORY_DROPPED: 1 key .*${goes}\\.$`));
    assert.deepEqual(await stored(runtime, world, search), [stays]);
    assert.deepEqual((await search()).notes, []);
  });

  it('stays while one Region does not list all of its keys', async () => {
    let isDark = false;
    const { world, runtime, search } = searching(
      { all: true },
      { name: 'dark', struck: 0, silences: (call) => isDark && call.region === TARGET },
    );
    const goes = world.key({ replicas: [] });
    await stored(runtime, world, search);
    await deleteEverywhere(world, goes);
    isDark = true;

    assert.deepEqual(await stored(runtime, world, search), [goes]);
    isDark = false;
    assert.deepEqual(await stored(runtime, world, search), []);
  });

  it('leaves when its tags are gone, and stays while KMS has them and only the index does not', async () => {
    let isBehind = false;
    const { world, runtime, search } = searching({ tags: { team: 'pay' } });
    const sound = taggingOver(world);
    const index = {
      keysTagged: async (...args: Parameters<typeof sound.keysTagged>) =>
        isBehind ? ({ kind: 'tagged', tags: new Map(), complete: true } as const) : sound.keysTagged(...args),
    };
    const fleet = fleetWith({ accounts: [ACCOUNT], keys: { tags: { team: 'pay' } } });
    const look = () => world.run(findKeys(runtime, { fleetName: 'payments', fleet, fleets: new Map(), regions, index }));
    const keyId = world.key({ tags: { team: 'pay' } });
    assert.deepEqual(await stored(runtime, world, search), [keyId]);

    isBehind = true;
    assert.deepEqual(
      (await look()).keys.map((key) => [key.keyId, key.listedIn]),
      [[keyId, [SOURCE]]],
    );
    await world.run(world.at(SOURCE).untagResource({ KeyId: keyId, TagKeys: ['team'] }));
    assert.deepEqual((await look()).keys, []);
  });
});

describe('A key that the fleet file names', () => {
  it('is carried and told when nobody finds it, and stored apart from the keys', async () => {
    const { world, runtime, search } = searching({ ids: [mrk('1'), mrk('2')] });
    world.key({ keyId: mrk('1') });
    const findings = await search();

    assert.deepEqual(
      findings.keys.map(({ keyId }) => keyId),
      [mrk('1'), mrk('2')],
    );
    assert.match(findings.notes.join(), /^NAMED_NOT_FOUND: the fleet file names 1 key .*2\. Look for a slip in its ids\.$/);
    await world.run(storeInventory(runtime, 'payments', findings));
    const inventory = await world.run(storedInventory(runtime, 'payments'));
    assert.deepEqual([inventory.keys, inventory.notFound], [[{ account, keyId: mrk('1') }], [{ account, keyId: mrk('2') }]]);
  });
});

describe('The keys of no fleet', () => {
  const fleets = new Map([
    ['payments', fleetWith({ accounts: [ACCOUNT], keys: { aliases: ['alias/payments/*'] } })],
    ['ledger', fleetWith({ accounts: [ACCOUNT], keys: { tags: { team: 'ledger' } } })],
  ]);
  const world = () => {
    const { world: kmsWorld, kms } = simulated();
    kmsWorld.key({ aliases: ['alias/payments/1'] });
    kmsWorld.key({ tags: { team: 'ledger' } });
    const stray = kmsWorld.key();
    const runtime = runtimeWith({ kms, clock: kmsWorld.clock });
    const find = (fleetName: string) => {
      const fleet = fleets.get(fleetName) ?? assert.fail(fleetName);
      return kmsWorld.run(findKeys(runtime, { fleetName, fleet, fleets, regions }));
    };
    return { world: kmsWorld, runtime, find, stray };
  };

  it('are told once every fleet of the accounts has an inventory, by what all of them have', async () => {
    const { world: kmsWorld, runtime, find, stray } = world();
    assert.equal((await find('payments')).ofNoFleet, undefined);
    await kmsWorld.run(storeInventory(runtime, 'ledger', await find('ledger')));

    const { ofNoFleet } = await find('payments');

    assert.deepEqual(ofNoFleet && [ofNoFleet.count, ofNoFleet.sample], [1, [{ account, keyId: stray }]]);
  });

  it('are those of the last count while a Region does not list', async () => {
    const counted = { at: 5, count: 7, sample: [] };
    const { world: kmsWorld, runtime, search } = searching({ aliases: ['alias/payments/*'] }, sourceFails('ListAliases'));
    kmsWorld.key();
    await kmsWorld.run(storeInventory(runtime, 'payments', { keys: [], notFound: [], listedAt: {}, ofNoFleet: counted }));

    assert.deepEqual((await search()).ofNoFleet, counted);
  });
});
