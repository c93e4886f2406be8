import type { Chain } from '../../core/evidence/chain.ts';

/**
 * What the seals that the bus told of say against the chains, in sentences: a seal that no run has, or that is not the newest of its chain,
 * and each end of a chain that none of them speaks of. Nothing where none is given.
 */
export const sealSentences = (chains: readonly Chain[], seals: readonly string[]): readonly string[] => {
  if (seals.length === 0) return [];
  const given = new Set(seals);
  const has = ({ seal }: { readonly seal: string }): boolean => given.has(seal);
  const there = new Set(chains.flatMap(({ runs }) => runs.map(({ seal }) => seal)));
  return [
    ...[...given].filter((seal) => !there.has(seal)).map(absentSentence),
    ...chains.flatMap(({ fleet, controlRegion, runs, newest }) => {
      const older = newest.some(has) ? [] : runs.filter(has);
      if (older.length > 0) return older.map(({ runId }) => olderSentence(runId, fleet));
      return newest.filter((run) => !has(run)).map(({ runId }) => unprovenSentence(runId, fleet, controlRegion));
    }),
  ];
};

const absentSentence = (seal: string): string =>
  `--seal: no run here has the seal ${seal}. The run that was told of on the bus was removed or replaced, has expired, or is not downloaded yet.`;

const olderSentence = (runId: string, fleet: string): string =>
  `--seal: ${runId} has this seal, and is not the newest of fleet ${fleet}. The runs after it came later than the event that you compare with, or were inserted.`;

const unprovenSentence = (runId: string, fleet: string, controlRegion: string): string =>
  `--seal: none was given for ${runId}, with which a chain of fleet ${fleet}, concluded in ${controlRegion}, ends. So its end is unproven: runs after it may have been removed, or all of the chain may have been inserted. Give the seal of its Run Finished event with another --seal; where there was no such event, somebody made this run up.`;
