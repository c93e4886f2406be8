import type { Fleet } from '../../core/fleet/schema.ts';
import { type KnownQuotas, type Pace, paceWithin } from '../../core/quota/pace.ts';
import { regionsOf } from '../../core/run/request.ts';
import { pooled } from './pooled.ts';
import type { Runtime } from './runtime.ts';
import { within } from './within.ts';

const pathOf = (fleetName: string): string => `inventory/quotas/${fleetName}.json`;

const ASKED_AT_ONCE = 10;
/** A tick has other things to do: what is not known by then counts as unknown. */
const READING_MS_MAX = 6_000;
/** What was read longer ago says nothing of today: somebody may have had a quota raised. */
const AGE_MS_MAX = 24 * 3_600_000;

/** Reads what the fleet's accounts may do in each of its Regions, and keeps the lowest. In quiet times only: a Region in trouble is asked for nothing but KMS. */
export const readQuotas = async (runtime: Runtime, fleetName: string, fleet: Fleet): Promise<void> => {
  const lowestPerSecond: Record<string, number> = {};
  const places = regionsOf(fleet).flatMap((region) => fleet.accounts.map((account) => ({ account, region })));
  const reading = pooled(places, ASKED_AT_ONCE, async ({ account, region }) => {
    const perSecond = await runtime.quotas.promotionsPerSecond(account, region);
    if (perSecond !== undefined) lowestPerSecond[region] = Math.min(perSecond, lowestPerSecond[region] ?? Number.POSITIVE_INFINITY);
  });
  await within(runtime.clock, READING_MS_MAX, reading, undefined);
  const known: KnownQuotas = { at: runtime.clock.now(), lowestPerSecond };
  await runtime.store.put(pathOf(fleetName), JSON.stringify(known));
};

/** The rate that a run of the fleet keeps to, by what is configured and what was read of the quotas. */
export const paceOf = async (runtime: Pick<Runtime, 'store' | 'clock'>, fleetName: string, fleet: Fleet): Promise<Pace> => {
  const stored = await runtime.store.get(pathOf(fleetName));
  const known = stored === undefined ? undefined : (JSON.parse(stored.body) as KnownQuotas);
  const isYoung = known !== undefined && runtime.clock.now() - known.at < AGE_MS_MAX;
  return paceWithin(fleet.ratePerSecond, regionsOf(fleet), isYoung ? known : undefined);
};
