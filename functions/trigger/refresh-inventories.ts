import type { Fleet } from '../../core/fleet/schema.ts';
import { selectionOf } from '../../core/fleet/selection.ts';
import { fullSince, type Inventory } from '../../core/inventory/inventory.ts';
import { begun, following, type InventoryTurn, inTurn, turnBy } from '../../core/inventory/turn.ts';
import { regionsOf } from '../../core/run/request.ts';
import { changeItem, replaceItem } from '../frame/item.ts';
import { findKeys } from '../frame/keys/find-keys.ts';
import { storedInventory, storeInventory } from '../frame/keys/stored-inventory.ts';
import { readQuotas } from '../frame/quotas.ts';
import type { Runtime } from '../frame/runtime.ts';
import { isQuiet } from './quiet.ts';
import type { Subject } from './subject.ts';

/** How many stored inventories one tick looks at to find one that is due. */
const LOOKED_AT_MAX = 5;
/** For how long one tick lists. With the calls that are out by then, and the doubtful keys, this ends well inside the function's 50 s. */
const LISTING_MS_MAX = 20_000;

/**
 * The tick's share of keeping inventories young: lists at most one fleet whose inventory is older than an hour, in turn, and measures
 * the age of all of them. Two ticks never list the same fleet at once. Each control Region looks after the inventories of its own store.
 * @throws when the table or the store does not answer; the fleet that was begun has its turn again ten minutes later
 */
export const refreshInventories = async (runtime: Runtime, fleets: ReadonlyMap<string, Fleet>): Promise<void> => {
  const turns = await turnsOf(runtime, fleets);
  try {
    const due = inTurn([...fleets.keys()], turns, runtime.clock.now());
    for (const name of due.slice(0, LOOKED_AT_MAX)) {
      const fleet = fleets.get(name);
      if (fleet !== undefined && (await lookAfter(runtime, { name, fleet, fleets }, turns)) === 'listed') return;
    }
  } finally {
    for (const [name, turn] of turns) measureTurn(runtime, name, turn);
  }
};

/** Lists the fleet when that is due, and notes when it will be. @param turns is kept up to date */
const lookAfter = async (runtime: Runtime, subject: Subject, turns: Map<string, InventoryTurn>): Promise<'listed' | 'left'> => {
  const { name, fleet, fleets } = subject;
  const next = (turn: InventoryTurn | undefined, stored: Inventory): InventoryTurn | undefined =>
    following(turn, stored, fullSince(fleet.accounts, regionsOf(fleet), stored.listedAt), runtime.clock.now());
  const stored = await storedInventory(runtime, name, fleets);
  const change = await changeItem<InventoryTurn, Change>(runtime, 'inventory', idOf(runtime, name), (turn) => {
    const mine = begun(turn, selectionOf(fleets, name), runtime.clock.now());
    if (mine === undefined) return { answer: 'not-mine' };
    const later = next(mine, stored);
    return { store: later ?? mine, answer: { turn: later ?? mine, isDue: later === undefined } };
  });
  if (change === 'not-mine') return 'left';
  turns.set(name, change.turn);
  if (!change.isDue) return 'left';

  await list(runtime, subject);
  const listed = next(change.turn, await storedInventory(runtime, name, fleets));
  if (listed !== undefined) {
    turns.set(name, listed);
    await replaceItem<InventoryTurn>(runtime, 'inventory', idOf(runtime, name), () => listed);
  }
  return 'listed';
};

type Change = 'not-mine' | { readonly turn: InventoryTurn; readonly isDue: boolean };

/**
 * Lists the fleet and stores what was found, unless a run stored something later meanwhile. In quiet times the index of tags spares
 * KMS a call for each key; it is asked by nobody else, and by nobody while something goes on.
 */
const list = async (runtime: Runtime, { name: fleetName, fleet, fleets }: Subject): Promise<void> => {
  const search = { fleetName, fleet, fleets, regions: regionsOf(fleet), msMax: LISTING_MS_MAX };
  const quiet = await isQuiet(runtime, [...fleets.keys()]);
  if (quiet) await readQuotas(runtime, fleetName, fleet);
  const index = quiet ? { index: runtime.tagging } : {};
  const findings = await findKeys(runtime, { ...search, ...index });
  const wasStored = await storeInventory(runtime, fleetName, findings, findings.stored);
  runtime.log('inventory listed', {
    fleet: fleetName,
    wasStored,
    keys: findings.keys.length,
    notFound: findings.notFound.length,
    ...(findings.ofNoFleet === undefined ? {} : { ofNoFleet: findings.ofNoFleet }),
    notes: findings.notes,
  });
};

const measureTurn = (runtime: Runtime, fleet: string, { since, fullAt, ofNoFleet, notFound }: InventoryTurn): void =>
  runtime.measure({
    fleet,
    figures: {
      InventoryAgeSeconds: (runtime.clock.now() - (fullAt ?? since)) / 1000,
      ...(ofNoFleet === undefined ? {} : { KeysOfNoFleet: ofNoFleet }),
      ...(notFound === undefined ? {} : { KeysNamedNotFound: notFound }),
    },
  });

const idOf = (runtime: Pick<Runtime, 'controlRegion'>, fleetName: string): string => `${fleetName}/${runtime.controlRegion}`;

const turnsOf = async (runtime: Runtime, fleets: ReadonlyMap<string, Fleet>): Promise<Map<string, InventoryTurn>> => {
  const items = await runtime.table.list<InventoryTurn>('inventory');
  const byId = new Map(items.map(({ id, value }) => [id, value]));
  return new Map(
    [...fleets.keys()].flatMap((name) => {
      const turn = turnBy(byId.get(idOf(runtime, name)), selectionOf(fleets, name));
      return turn === undefined ? [] : [[name, turn] as const];
    }),
  );
};
