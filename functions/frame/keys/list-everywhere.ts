import type { FleetListing, Listed } from '../../../core/inventory/listing.ts';
import type { KeyRef } from '../../../core/key/key.ts';
import { LISTING_MS_MAX, READ_CALL_MS_MAX } from '../../../core/limits.ts';
import type { Region } from '../../../core/region.ts';
import { pooled } from '../pooled.ts';
import type { Runtime } from '../runtime.ts';
import { within } from '../within.ts';
import { ACCOUNTS_AT_ONCE } from './accounts-at-once.ts';
import { listFleet } from './list-fleet.ts';
import type { Search } from './search.ts';

/** How long listings are begun and gone on with, for a search that has no limit of its own. */
const SEARCH_MS_MAX = 45_000;
/** After so many accounts without any answer a Region is not asked about the others. */
const SILENT_MAX = 5;

/**
 * Lists the fleet's keys in each of its accounts and Regions, each Region by itself, so that a dark one holds up none of the others.
 * A call that is out when the time is up may take until its own end, and a second one after that; a search with a limit of its own
 * does not wait for the second.
 */
export const listEverywhere = async (runtime: Runtime, search: Search): Promise<readonly Listed[]> => {
  const until = runtime.clock.now() + (search.msMax ?? SEARCH_MS_MAX);
  const { promise: someKeys, resolve: found } = Promise.withResolvers<readonly KeyRef[]>();
  const silent = search.silentIn === undefined ? undefined : someKeys.then(search.silentIn);
  const perRegion = search.regions.map(async (region): Promise<readonly Listed[]> => {
    const listing = listRegion(runtime, search, region, until).then((lists) => {
      const keys = keysIn(lists);
      if (keys.length > 0) found(keys);
      return lists;
    });
    const givenUp = search.fleet.accounts.map((account) => ({ account, region, list: SILENT }));
    return silent === undefined ? listing : Promise.race([listing, silent.then((regions) => (regions.has(region) ? givenUp : listing))]);
  });
  return (await Promise.all(perRegion)).flat();
};

const keysIn = (lists: readonly Listed[]): readonly KeyRef[] =>
  lists.flatMap(({ account, list }) => (list.kind === 'listed' ? list.keys.map(({ keyId }) => ({ account, keyId })) : []));

const listRegion = (runtime: Runtime, search: Search, region: Region, until: number): Promise<readonly Listed[]> => {
  let silent = 0;
  let hasAnswered = false;
  return pooled(search.fleet.accounts, ACCOUNTS_AT_ONCE, async (account): Promise<Listed> => {
    const msMax = Math.min(LISTING_MS_MAX, until - runtime.clock.now());
    const isAsked = (hasAnswered || silent < SILENT_MAX) && msMax > 0;
    const listing = isAsked ? listFleet(runtime, search, account, region, msMax) : NOT_ASKED;
    const list = await (search.msMax === undefined ? listing : within(runtime.clock, msMax + READ_CALL_MS_MAX, listing, LATE));
    if (list.kind === 'listed' || !list.isSilent) hasAnswered = true;
    else silent += 1;
    return { account, region, list };
  });
};

const unlisted = (about: string, text: string): FleetListing => ({ kind: 'unlisted', isSilent: true, remarks: [{ about, text }] });

const LATE = unlisted('late', 'did not list its keys in the time that there was');

const SILENT = unlisted('silent', 'did not list its keys, and answered no probe, so that it was not waited for');

const NOT_ASKED = Promise.resolve(
  unlisted('not asked', 'was not asked for its keys any more, since it had not answered about other accounts or the time was up'),
);
