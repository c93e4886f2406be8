import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ItemKind } from '../../../core/ports/table.ts';
import { region } from '../../../core/region.ts';
import { findKeys } from '../../../functions/frame/keys/find-keys.ts';
import { storedInventory, storeInventory } from '../../../functions/frame/keys/stored-inventory.ts';
import type { Measurement } from '../../../functions/frame/telling/metrics.ts';
import { refreshInventories } from '../../../functions/trigger/refresh-inventories.ts';
import type { KmsFault } from '../../../simulator/faults/kms-fault.ts';
import { ACCOUNT, SOURCE, TARGET } from '../../simulator/kms/kms-world.ts';
import { fleetWith } from '../../support/fleet.ts';
import { simulated } from '../../support/kms.ts';
import { runtimeWith } from '../../support/runtime.ts';
import { taggingOver } from '../../support/tagging.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NAMES = ['ledger', 'payments'] as const;
type Name = (typeof NAMES)[number];

const fleets = new Map(NAMES.map((name) => [name as string, fleetWith({ accounts: [ACCOUNT], keys: { aliases: [`alias/${name}/*`] } })]));
const regions = [region(SOURCE), region(TARGET)];

/** Two fleets of one key each, a key of none, and the tick's share of their inventories. */
const watched = (...faults: readonly KmsFault[]) => {
  const { world, kms } = simulated({ makeFaults: () => faults });
  for (const name of NAMES) world.key({ aliases: [`alias/${name}/1`] });
  const stray = world.key();
  const measured: Measurement[] = [];
  const logged: Array<Readonly<Record<string, unknown>>> = [];
  const runtime = runtimeWith({
    kms,
    tagging: taggingOver(world),
    clock: world.clock,
    log: (_, facts) => logged.push(facts),
    measure: (measurement) => measured.push(measurement),
  });
  const tick = (where = runtime) => world.run(refreshInventories(where, fleets));
  const planned = async (name: Name) => {
    const fleet = fleets.get(name) ?? assert.fail(name);
    await world.run(findKeys(runtime, { fleetName: name, fleet, fleets, regions }).then((found) => storeInventory(runtime, name, found)));
  };
  const storedAt = async () => Promise.all(NAMES.map(async (name) => (await world.run(storedInventory(runtime, name))).storedAt));
  const listings = () => world.kms.counts().calls.ListKeys ?? 0;
  return { world, runtime, tick, planned, storedAt, listings, measured, logged, stray };
};

describe('The tick', () => {
  it('lists a fleet whose inventory is older than an hour, one a tick', async () => {
    const { world, tick, planned, storedAt, logged } = watched();
    for (const name of NAMES) await planned(name);
    await tick();
    await world.pass(HOUR_MS);
    const before = await storedAt();

    await tick();
    const [first, second] = await storedAt();
    assert.deepEqual([first, second], [world.clock.now(), before[1]]);

    await world.pass(MINUTE_MS);
    await tick();
    assert.deepEqual(await storedAt(), [first, world.clock.now()]);
    assert.deepEqual(
      logged.map(({ fleet, keys, wasStored }) => [fleet, keys, wasStored]),
      [
        ['ledger', 1, true],
        ['payments', 1, true],
      ],
    );
  });

  it('lists nothing that a run has listed within the hour', async () => {
    const { world, tick, planned, listings } = watched();
    for (const name of NAMES) await planned(name);
    await tick();
    await world.pass(50 * MINUTE_MS);
    for (const name of NAMES) await planned(name);
    const before = listings();

    for (let minute = 0; minute < 50; minute += 10) {
      await world.pass(10 * MINUTE_MS);
      await tick();
    }

    assert.equal(listings(), before);
  });

  it('leaves a new fleet to who first needs its keys, and lists it when nobody did', async () => {
    const { world, tick, storedAt } = watched();
    await tick();
    assert.deepEqual(await storedAt(), [0, 0]);

    await world.pass(10 * MINUTE_MS);
    await tick();
    assert.deepEqual(await storedAt(), [world.clock.now(), 0]);
  });

  it('does not list what another tick is listing', async () => {
    const { world, tick, planned, listings, runtime } = watched();
    await planned('ledger');
    await planned('payments');
    await tick();
    await world.pass(HOUR_MS);
    const before = listings();

    await world.run(
      Promise.all([
        refreshInventories(runtime, new Map([...fleets].slice(0, 1))),
        refreshInventories(runtime, new Map([...fleets].slice(0, 1))),
      ]),
    );

    assert.equal(listings() - before, regions.length);
  });

  it('of each control Region looks after the inventories of its own store', async () => {
    const { world, tick, planned, runtime } = watched();
    for (const name of NAMES) await planned(name);
    await tick();
    const elsewhere = { ...runtime, store: runtimeWith().store, controlRegion: region('eu-central-1') };

    await tick(elsewhere);
    await world.pass(10 * MINUTE_MS);
    await tick(elsewhere);

    assert.equal((await world.run(storedInventory(elsewhere, 'ledger'))).storedAt, world.clock.now());
  });

  it('tries an inventory with gaps again after ten minutes, in a time well inside its own, and keeps what it has', async () => {
    let isDark = false;
    const { world, runtime, tick, planned, listings } = watched({
      name: 'dark',
      struck: 0,
      silences: (call) => isDark && call.region === SOURCE,
    });
    for (const name of NAMES) await planned(name);
    await tick();
    await world.pass(2 * HOUR_MS);
    isDark = true;
    const [startedAt, before] = [world.clock.now(), listings()];

    await tick();
    assert.ok(world.clock.now() - startedAt < 35_000, String(world.clock.now() - startedAt));
    assert.equal((await world.run(storedInventory(runtime, 'ledger'))).keys.length, 1);
    await tick();
    const after = listings();
    assert.ok(after > before);
    await tick();
    assert.equal(listings(), after);

    await world.pass(10 * MINUTE_MS);
    await tick();
    assert.ok(listings() > after);
  });

  it('does not overwrite what a run stored while it listed', async () => {
    const { world, runtime, tick, planned, logged } = watched();
    await planned('ledger');
    await planned('payments');
    await tick();
    await world.pass(HOUR_MS);
    const meanwhile = {
      ...runtime,
      kms: {
        ...runtime.kms,
        listKeys: async (...args: Parameters<typeof runtime.kms.listKeys>) => {
          const listing = await runtime.kms.listKeys(...args);
          await storeInventory(runtime, 'ledger', { keys: [], notFound: [], listedAt: {}, ofNoFleet: undefined });
          return listing;
        },
      },
    };

    await tick(meanwhile);

    assert.deepEqual(
      logged.map(({ wasStored }) => wasStored),
      [false],
    );
    assert.deepEqual((await world.run(storedInventory(runtime, 'ledger'))).keys, []);
  });

  it('asks the index of tags in quiet times, and KMS for each key while an intent is open or an incident goes on', async () => {
    const { world, runtime } = watched();
    world.key({ tags: { team: 'pay' } });
    const byTags = new Map([['payments', fleetWith({ accounts: [ACCOUNT], keys: { tags: { team: 'pay' } } })]]);
    const index = taggingOver(world);
    let asked = 0;
    const counting: typeof runtime = {
      ...runtime,
      tagging: {
        keysTagged: (...args) => {
          asked += 1;
          return index.keysTagged(...args);
        },
      },
    };
    const refreshed = async () => {
      const [askedBefore, readBefore] = [asked, world.kms.counts().calls.ListResourceTags ?? 0];
      await world.pass(2 * HOUR_MS);
      await world.run(refreshInventories(counting, byTags));
      return [asked - askedBefore, (world.kms.counts().calls.ListResourceTags ?? 0) - readBefore];
    };
    const put = async (kind: ItemKind, id: string, value: unknown) => {
      const version = (await world.run(runtime.table.read(kind, id)))?.version ?? 0;
      await world.run(runtime.table.write(kind, id, value, version));
    };
    await world.run(refreshInventories(counting, byTags));
    const keys = 4;

    assert.deepEqual(await refreshed(), [regions.length, 0]);
    await put('intent', 'of-another-fleet', { state: 'open' });
    assert.deepEqual(await refreshed(), [0, keys * regions.length]);
    await put('intent', 'of-another-fleet', { state: 'closed' });
    assert.deepEqual(await refreshed(), [regions.length, 0]);
    const heardAt = world.clock.now() + 2 * HOUR_MS;
    await put('watch', 'payments', { watches: [{ incident: 'health-1', region: SOURCE, origin: 'arn', heardAt, changes: 0 }] });
    assert.deepEqual(await refreshed(), [0, keys * regions.length]);
  });

  it('measures how old each inventory is, and how many keys no fleet has, and logs which', async () => {
    const { world, tick, planned, measured, logged, stray } = watched();
    for (const name of NAMES) await planned(name);
    await planned('ledger');
    await world.pass(30 * MINUTE_MS);
    await tick();
    await world.pass(30 * MINUTE_MS);
    await tick();

    assert.deepEqual(
      measured.filter(({ fleet }) => fleet === 'payments').map(({ figures }) => [figures.InventoryAgeSeconds, figures.KeysOfNoFleet]),
      [
        [1_800, 1],
        [3_600, 1],
      ],
    );
    assert.deepEqual(
      logged.flatMap(({ ofNoFleet }) => (ofNoFleet as { sample: readonly unknown[] }).sample),
      [{ account: ACCOUNT, keyId: stray }],
    );
  });
});
