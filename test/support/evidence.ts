import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import type { Evidence } from '../../core/evidence/evidence.ts';
import { keyLines } from '../../core/evidence/key-lines.ts';
import type { EvidenceLink } from '../../core/evidence/link.ts';
import { sealed, summaryText } from '../../core/evidence/seal.ts';
import { because, PROMOTED, resultOf } from '../../core/outcome/outcome.ts';
import { region } from '../../core/region.ts';
import { keyRef, SOURCE, TARGET } from './keys.ts';
import { recordWith, requestWith } from './runs.ts';

export const INTENT = 'payments-0000000000000000';
/** The name of a run as `core/run/name.ts` makes them. */
export const runId = (generation: number): string => `${INTENT}-${generation}`;

/** A key that moved, and one that could not. */
export const RECORDS: readonly KeyRecord[] = [
  concluded(recordWith({ ...keyRef('1'), primary: TARGET, regions: [SOURCE, TARGET], proof: 'proven', verifiedAt: 7 }), PROMOTED),
  concluded(recordWith({ ...keyRef('2'), regions: [SOURCE, TARGET], notes: ['Ä'] }), because('PRIMARY_UNREACHABLE')),
];

/** What a run has left, as bytes. */
export interface Left {
  readonly evidence: Evidence;
  readonly summary: Uint8Array;
  readonly keys: Uint8Array;
}

/** What a run of a hundred milliseconds leaves behind: run 2 begins at 200. @param changes what is different in its summary, under its seal */
export const leftBy = (generation: number, previous?: Evidence, changes: Partial<Evidence> = {}): Left => {
  const { figures, keysSha256, bytes } = keyLines(RECORDS);
  const evidence = sealed({
    runId: runId(generation),
    intent: INTENT,
    generation,
    ...requestWith(),
    result: resultOf(figures.outcomes, true),
    ...figures,
    inventoryComplete: true,
    startedAt: generation * 100,
    endedAt: generation * 100 + 99,
    notes: [],
    controlRegion: region('us-east-2'),
    keysSha256,
    ...(previous === undefined ? {} : { previous: linkTo(previous) }),
    ...changes,
  });
  return { evidence, summary: Buffer.from(summaryText(evidence)), keys: bytes() };
};

export const linkTo = ({ runId: named, seal, endedAt }: Evidence): EvidenceLink => ({ runId: named, seal, endedAt });

/** So many runs of a fleet, one after the other. */
export const chainOf = (count: number): readonly Left[] => {
  const chain: Left[] = [];
  for (let generation = 1; generation <= count; generation += 1) chain.push(leftBy(generation, chain.at(-1)?.evidence));
  return chain;
};

/** The first, a middle and the last byte of each line, and its line end. */
export const samples = (bytes: Uint8Array): readonly number[] => {
  const ends = [...bytes.entries()].flatMap(([at, byte]) => (byte === 0x0a ? [at] : []));
  return ends.flatMap((end, index) => {
    const start = (ends[index - 1] ?? -1) + 1;
    return [...new Set([start, Math.floor((start + end) / 2), Math.max(start, end - 1), end])];
  });
};

/** The same bytes with one bit the other way round. */
export const flipped = (bytes: Uint8Array, at: number, bit: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
};
