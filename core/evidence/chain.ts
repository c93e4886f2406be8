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
  /** Another run names the same one: one of the two was inserted. */
  | { readonly kind: 'fork'; readonly runId: string; readonly others: readonly string[]; readonly previous: EvidenceLink }
  /** Another run says as well that it is the first. */
  | { readonly kind: 'two-firsts'; readonly runId: string; readonly others: readonly string[] }
  /** Runs that name one another in a circle, which no run of ours does. */
  | { readonly kind: 'circle'; readonly runId: string }
  /** It has no seal, and began when a sealed run of its fleet was over. */
  | { readonly kind: 'unsealed-late'; readonly runId: string; readonly after: string };

/** The runs of one fleet that were concluded in one control Region. */
export interface Chain {
  readonly fleet: string;
  readonly controlRegion: string;
  readonly runs: readonly ChainedRun[];
  /** The run that no other names; several where the chain has a flaw. */
  readonly newest: readonly ChainedRun[];
  /** What the oldest run names, where that has expired. */
  readonly expired?: EvidenceLink | undefined;
  readonly flaws: readonly ChainFlaw[];
}

/** What else there is to know of a folder, besides its sealed runs. */
export interface BesideChains {
  readonly unsealed: readonly UnsealedRun[];
  /** Runs whose summary cannot be read; that is told by itself. */
  readonly unreadable: ReadonlySet<string>;
  /** Runs that ended before this time, in epoch milliseconds, may be gone; undefined: none may. */
  readonly expiredBefore?: number | undefined;
}

/** Puts the runs of a folder into chains, one for each fleet and control Region, and says what is wrong with each. Pure. */
export const chainsOf = (runs: readonly ChainedRun[], beside: BesideChains): readonly Chain[] =>
  [...Map.groupBy(runs, ({ fleet, controlRegion }) => JSON.stringify([fleet, controlRegion])).values()].flatMap((some) => {
    const [any] = some;
    return any === undefined ? [] : [chainOf(any, some, beside)];
  });

const chainOf = ({ fleet, controlRegion }: ChainedRun, runs: readonly ChainedRun[], beside: BesideChains): Chain => {
  const named = new Set(runs.map(({ previous }) => previous?.runId));
  const newest = runs.filter(({ runId }) => !named.has(runId));
  // What has expired was the beginning: where the first run is still there, nothing that came after it has expired.
  const mayHave = runs.every(({ previous }) => previous !== undefined);
  const expired = mayHave ? runs.map(({ previous }) => previous).find((previous) => hasExpired(previous, runs, beside)) : undefined;
  const left = runs.map((run) => (run.previous !== undefined && run.previous === expired ? { ...run, previous: undefined } : run));
  const flaws = [...linkFlaws(left, beside), ...firstFlaws(left), ...forkFlaws(left)];
  return { fleet, controlRegion, runs, newest, expired, flaws: flaws.length > 0 ? flaws : circleFlaws(left, beside) };
};

const hasExpired = (
  link: EvidenceLink | undefined,
  runs: readonly ChainedRun[],
  { unsealed, unreadable, expiredBefore }: BesideChains,
): boolean => {
  if (link === undefined || expiredBefore === undefined || link.endedAt >= expiredBefore || unreadable.has(link.runId)) return false;
  return ![...runs, ...unsealed].some(({ runId }) => runId === link.runId);
};

const linkFlaws = (runs: readonly ChainedRun[], { unsealed, unreadable }: BesideChains): readonly ChainFlaw[] => {
  const byId = new Map(runs.map((run) => [run.runId, run]));
  const withoutSeal = new Set(unsealed.map(({ runId }) => runId));
  return runs.flatMap(({ runId, previous }): readonly ChainFlaw[] => {
    if (previous === undefined || unreadable.has(previous.runId)) return [];
    if (withoutSeal.has(previous.runId)) return [{ kind: 'seal-removed', runId, previous }];
    const there = byId.get(previous.runId);
    if (there === undefined) return [{ kind: 'missing', runId, previous }];
    return there.seal === previous.seal ? [] : [{ kind: 'replaced', runId, previous, seal: there.seal }];
  });
};

const firstFlaws = (runs: readonly ChainedRun[]): readonly ChainFlaw[] => {
  const firsts = runs.filter(({ previous }) => previous === undefined).map(({ runId }) => runId);
  const [runId, ...others] = firsts;
  return runId === undefined || others.length === 0 ? [] : [{ kind: 'two-firsts', runId, others }];
};

const forkFlaws = (runs: readonly ChainedRun[]): readonly ChainFlaw[] =>
  [...Map.groupBy(runs, ({ previous }) => previous?.runId).values()].flatMap((some): readonly ChainFlaw[] => {
    const [one, ...others] = some;
    if (one?.previous === undefined || others.length === 0) return [];
    return [{ kind: 'fork', runId: one.runId, previous: one.previous, others: others.map(({ runId }) => runId) }];
  });

/** Where each link leads to a run that is there, and no two to the same, whatever cannot be reached from the first runs in a circle. */
const circleFlaws = (runs: readonly ChainedRun[], { unreadable }: BesideChains): readonly ChainFlaw[] => {
  const after = new Map(runs.map((run) => [run.previous?.runId, run.runId]));
  const reached = new Set<string>();
  for (const start of [undefined, ...unreadable])
    for (let runId = after.get(start); runId !== undefined && !reached.has(runId); runId = after.get(runId)) reached.add(runId);
  return runs.filter(({ runId }) => !reached.has(runId)).map(({ runId }) => ({ kind: 'circle', runId }));
};

/** A version that seals follows one that does not: what began without a seal after a sealed run was over has lost it, or is a step back. */
export const lateWithoutSeal = (runs: readonly ChainedRun[], unsealed: readonly UnsealedRun[]): readonly ChainFlaw[] =>
  unsealed.flatMap(({ runId, fleet, startedAt }): readonly ChainFlaw[] => {
    const sealedBefore = runs.find((run) => run.fleet === fleet && run.endedAt < startedAt);
    return sealedBefore === undefined ? [] : [{ kind: 'unsealed-late', runId, after: sealedBefore.runId }];
  });
