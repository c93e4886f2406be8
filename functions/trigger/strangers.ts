import { AFTERCARE_RULES } from '../../core/decision/aftercare.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { isDue, isLeftToOthers, isSentBy, type Pending, type PendingPromotions, withoutPending } from '../../core/stranger/pending.ts';
import { instant } from '../../core/words/time.ts';
import { replaceItem } from '../frame/item.ts';
import { storedInventory } from '../frame/keys/stored-inventory.ts';
import type { Runtime } from '../frame/runtime.ts';
import { atOnce } from './at-once.ts';
import { pendingId } from './promotion-record.ts';
import { recordId } from './record-id.ts';
import { callsOf, fleetsIn, latestRuns } from './sent-calls.ts';
import { type FleetVerdict, settledOnce } from './settle.ts';

/**
 * Matches the promotions on CloudTrail's record that none of our runs was known to have sent once more, and says of those that are
 * nobody's after some minutes that somebody else moves primaries. Each is told once.
 */
export const matchAgain = async (runtime: Runtime, fleets: ReadonlyMap<string, Fleet>): Promise<readonly FleetVerdict[]> => {
  const waiting = (await runtime.table.read<PendingPromotions>('promotion', pendingId(runtime)))?.value.waiting ?? [];
  if (waiting.length === 0) return [];
  const concerned = [...new Set(waiting.flatMap(({ account }) => fleetsIn(fleets, account)))];
  const { calls, elsewhere } = await callsOf(runtime, await latestRuns(runtime, concerned));
  const now = runtime.clock.now();
  const ours = waiting.filter((pending) => isSentBy(pending, calls));
  const due = waiting.filter((pending, index) => !ours.includes(pending) && isDue(pending, waiting.length - 1 - index, now));
  // Each control Region knows the calls of its own runs only: what waits in all of them is nobody's.
  const nobodys = elsewhere ? await waitingEverywhere(runtime, due) : due;
  const verdicts = await atOnce(nobodys, (pending) => raised(runtime, fleets, pending));
  // What another one has struck off its list was its own, or was told by it.
  const left = due.filter(
    (pending) => !nobodys.includes(pending) && isLeftToOthers(pending, waiting.length - 1 - waiting.indexOf(pending), now),
  );
  const done = new Set([...ours, ...nobodys, ...left].map(({ requestId }) => requestId));
  if (done.size > 0)
    await replaceItem<PendingPromotions>(runtime, 'promotion', pendingId(runtime), (current) => withoutPending(current, done));
  return verdicts;
};

/** Those that the other control Regions have heard of too, and know as little of. */
const waitingEverywhere = async (runtime: Runtime, due: readonly Pending[]): Promise<readonly Pending[]> => {
  if (due.length === 0) return [];
  const lists = await Promise.all(
    runtime.peerRegions.map((controlRegion) => runtime.table.read<PendingPromotions>('promotion', pendingId({ controlRegion }))),
  );
  return due.filter(({ requestId }) => lists.every((list) => list?.value.waiting.some((pending) => pending.requestId === requestId)));
};

const raised = async (runtime: Runtime, fleets: ReadonlyMap<string, Fleet>, pending: Pending): Promise<FleetVerdict> => {
  const { requestId, keyId, account, caller, calledAt, target, from = 'unknown' } = pending;
  const owner = await ownerOf(runtime, fleets, pending);
  const fleet = owner ?? fleetsIn(fleets, account)[0] ?? account;
  const record = recordId(fleet, 'stranger', requestId);
  const { decision: verb, liftedBy } = AFTERCARE_RULES.UNORDERED_PROMOTION;
  const why = `At ${instant(calledAt)} ${caller} moved the primary of ${keyId} in account ${account} to ${target}, and no run of mrk-failover did it (KMS’s request ${requestId}).`;
  return settledOnce(runtime, record, { fleet, signal: `CloudTrail: UpdatePrimaryRegion of ${keyId}` }, async () => ({
    decision: { verb, rule: 'UNORDERED_PROMOTION', why, liftedBy: [liftedBy] },
    events: [
      {
        detailType: 'Unordered Promotion',
        detail: {
          eventId: `unordered-${requestId}`,
          ...(owner === undefined ? {} : { fleet: owner }),
          account,
          keyId,
          from,
          to: target,
          requestId,
          principal: caller,
          calledAt,
          meaning: why,
        },
      },
    ],
  }));
};

/** The fleet in whose inventory the key is. */
const ownerOf = async (runtime: Runtime, fleets: ReadonlyMap<string, Fleet>, { account, keyId }: Pending): Promise<string | undefined> => {
  for (const name of fleetsIn(fleets, account)) {
    const { keys } = await storedInventory(runtime, name);
    if (keys.some((key) => key.account === account && key.keyId === keyId)) return name;
  }
  return undefined;
};
