import type { Evidence } from './evidence.ts';
import type { EvidenceLink } from './link.ts';

/** What the chain goes by, of a run with a sealed summary. */
export type ChainedRun = Pick<Evidence, 'runId' | 'fleet' | 'controlRegion' | 'seal' | 'previous' | 'startedAt' | 'endedAt'>;

/** A run whose summary has no seal, as earlier versions left it. */
export type UnsealedRun = Pick<Evidence, 'runId' | 'fleet' | 'startedAt'>;

/** What is wrong with a fleet's chain; `runId` is the run whose summary shows it. */
export type ChainFlaw =
  /** It names a run that is not there: removed, or expired. */
  | { readonly kind: 'missing'; readonly runId: string; readonly previous: EvidenceLink }
  /** It names a run under another seal than that run has now. */
  | { readonly kind: 'replaced'; readonly runId: string; readonly previous: EvidenceLink; readonly seal: string }
  /** It names a run under a seal, and that run has none. */
  | { readonly kind: 'seal-removed'; readonly runId: string; readonly previous: EvidenceLink }
  /** Runs that began later name the same one: runs were inserted, or the coordination table was restored. */
  | { readonly kind: 'fork'; readonly runId: string; readonly others: readonly string[]; readonly previous: EvidenceLink }
  /** Runs that began later say as well that they are the first. */
  | { readonly kind: 'two-firsts'; readonly runId: string; readonly others: readonly string[] }
  /** Runs that name one another in a circle, which no run of ours does. */
  | { readonly kind: 'circle'; readonly runId: string };

/** A run that stands beside others where one should, and of which whoever verifies knows why. */
export interface AcknowledgedRun {
  readonly runId: string;
  readonly others: readonly string[];
  /** The run that all of them name; absent where all say that they are the first. */
  readonly previous?: EvidenceLink | undefined;
}

/** The runs of one fleet that were concluded in one control Region. */
export interface Chain {
  readonly fleet: string;
  readonly controlRegion: string;
  readonly runs: readonly ChainedRun[];
  /** The run that no other names; several where the chain has a flaw, or had one that was acknowledged. */
  readonly newest: readonly ChainedRun[];
  /** What the oldest run names, where that has expired. */
  readonly expired?: EvidenceLink | undefined;
  readonly acknowledged: readonly AcknowledgedRun[];
  readonly flaws: readonly ChainFlaw[];
}

/** What else there is to know of a folder, besides its sealed runs. */
export interface BesideChains {
  readonly unsealed: ReadonlyArray<Pick<UnsealedRun, 'runId'>>;
  /** Runs whose summary cannot be read; that is told by itself. */
  readonly unreadable: ReadonlySet<string>;
  /** Runs that ended before this time, in epoch milliseconds, may be gone; undefined: none may. */
  readonly expiredBefore?: number | undefined;
  /** Runs that may stand beside another that names the same one, or is a first as well. */
  readonly acknowledged?: ReadonlySet<string> | undefined;
}

/** Puts the runs of a folder into chains, one for each fleet and control Region, and says what is wrong with each. Pure. */
export const chainsOf = (runs: readonly ChainedRun[], { unsealed, ...rest }: BesideChains): readonly Chain[] => {
  const beside: Beside = { ...rest, unsealed: new Set(unsealed.map(({ runId }) => runId)) };
  return [...Map.groupBy(runs, ({ fleet, controlRegion }) => JSON.stringify([fleet, controlRegion])).values()].flatMap((some) => {
    const [any] = some;
    return any === undefined ? [] : [chainOf(any, some, beside)];
  });
};

type Beside = Omit<BesideChains, 'unsealed'> & { readonly unsealed: ReadonlySet<string> };

const chainOf = ({ fleet, controlRegion }: ChainedRun, some: readonly ChainedRun[], beside: Beside): Chain => {
  const runs = some.toSorted((one, other) => one.startedAt - other.startedAt);
  const named = new Set(runs.map(({ previous }) => previous?.runId));
  const newest = runs.filter(({ runId }) => !named.has(runId));
  const expired = expiredIn(runs, beside);
  const places = placesTakenTwice(runs, expired);
  const acknowledged = places.flatMap((place) => acknowledgedAt(place, beside.acknowledged));
  const flaws = [...linkFlaws(runs, expired, beside), ...places.flatMap((place) => placeFlaws(place, beside.acknowledged))];
  return {
    fleet,
    controlRegion,
    runs,
    newest,
    expired,
    acknowledged,
    flaws: flaws.length > 0 ? flaws : circleFlaws(runs, expired, beside),
  };
};

/** The run that the oldest one names, where it may be gone. */
const expiredIn = (runs: readonly ChainedRun[], { unsealed, unreadable, expiredBefore }: Beside): EvidenceLink | undefined => {
  if (expiredBefore === undefined) return undefined;
  const there = new Set(runs.map(({ runId }) => runId));
  const firstEndedAt = runs.reduce((least, { previous, endedAt }) => (previous === undefined ? Math.min(least, endedAt) : least), Infinity);
  // What has expired was the beginning: where a first run is still there, nothing that ended after it has expired.
  const hasExpired = ({ runId, endedAt }: EvidenceLink): boolean =>
    endedAt < Math.min(expiredBefore, firstEndedAt) && ![there, unsealed, unreadable].some((known) => known.has(runId));
  return runs.flatMap(({ previous }) => previous ?? []).find(hasExpired);
};

const linkFlaws = (
  runs: readonly ChainedRun[],
  expired: EvidenceLink | undefined,
  { unsealed, unreadable }: Beside,
): readonly ChainFlaw[] => {
  const byId = new Map(runs.map((run) => [run.runId, run]));
  return runs.flatMap(({ runId, previous }): readonly ChainFlaw[] => {
    if (previous === undefined || unreadable.has(previous.runId) || isSame(previous, expired)) return [];
    if (unsealed.has(previous.runId)) return [{ kind: 'seal-removed', runId, previous }];
    const there = byId.get(previous.runId);
    if (there === undefined) return [{ kind: 'missing', runId, previous }];
    return there.seal === previous.seal ? [] : [{ kind: 'replaced', runId, previous, seal: there.seal }];
  });
};

const isSame = (link: EvidenceLink, other: EvidenceLink | undefined): boolean => link.runId === other?.runId && link.seal === other.seal;

/** Runs that take one place in the chain, where only one can be; in the order in which they began. */
interface Place {
  readonly runIds: readonly string[];
  readonly previous?: EvidenceLink | undefined;
}

const placesTakenTwice = (runs: readonly ChainedRun[], expired: EvidenceLink | undefined): readonly Place[] => {
  const after = Map.groupBy(runs, ({ previous }) => previous?.runId);
  // Behind an expired run begins what is left of the chain, so it is a beginning as well; where several name that run, one stands for them.
  const [afterExpired] = expired === undefined ? [] : (after.get(expired.runId) ?? []);
  const firsts = [...(afterExpired === undefined ? [] : [afterExpired]), ...(after.get(undefined) ?? [])];
  const forks = [...after.values()].flatMap((some): readonly Place[] => {
    const previous = some[0]?.previous;
    return previous === undefined ? [] : [{ runIds: some.map(({ runId }) => runId), previous }];
  });
  return [{ runIds: firsts.map(({ runId }) => runId) }, ...forks].filter(({ runIds }) => runIds.length > 1);
};

const acknowledgedAt = ({ runIds, previous }: Place, acknowledged: ReadonlySet<string> | undefined): readonly AcknowledgedRun[] =>
  runIds
    .filter((runId) => acknowledged?.has(runId) === true)
    .map((runId) => ({ runId, others: runIds.filter((other) => other !== runId), previous }));

const placeFlaws = ({ runIds, previous }: Place, acknowledged: ReadonlySet<string> | undefined): readonly ChainFlaw[] => {
  const [runId, ...others] = runIds.filter((id) => acknowledged?.has(id) !== true);
  if (runId === undefined || others.length === 0) return [];
  return [previous === undefined ? { kind: 'two-firsts', runId, others } : { kind: 'fork', runId, others, previous }];
};

/** Where each link leads to a run that is there, whatever cannot be reached from the first runs is in a circle. */
const circleFlaws = (runs: readonly ChainedRun[], expired: EvidenceLink | undefined, { unreadable }: Beside): readonly ChainFlaw[] => {
  const after = Map.groupBy(runs, ({ previous }) => previous?.runId);
  const isStart = ({ previous }: ChainedRun): boolean =>
    previous === undefined || isSame(previous, expired) || unreadable.has(previous.runId);
  const reached = runs.filter(isStart).map(({ runId }) => runId);
  // Grows while it is gone through: each run names one, so none is reached twice.
  for (const runId of reached) for (const next of after.get(runId) ?? []) reached.push(next.runId);
  const isReached = new Set(reached);
  return runs.filter(({ runId }) => !isReached.has(runId)).map(({ runId }) => ({ kind: 'circle', runId }));
};

/** Of runs without a seal, those that began when a sealed run of their fleet was over, with that run. Pure. */
export const sealedBefore = (
  runs: readonly ChainedRun[],
  unsealed: readonly UnsealedRun[],
): ReadonlyMap<string, Pick<ChainedRun, 'runId' | 'controlRegion'>> => {
  const earliest = new Map<string, ChainedRun>();
  for (const run of runs) if (run.endedAt < (earliest.get(run.fleet)?.endedAt ?? Infinity)) earliest.set(run.fleet, run);
  return new Map(
    unsealed.flatMap(({ runId, fleet, startedAt }) => {
      const before = earliest.get(fleet);
      return before !== undefined && before.endedAt < startedAt ? [[runId, before] as const] : [];
    }),
  );
};
