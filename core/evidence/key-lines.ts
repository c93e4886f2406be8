import { createHash } from 'node:crypto';
import type { KeyRecord } from '../batch/record.ts';
import { type EvidenceFigures, figuresOf } from './figures.ts';
import { evidenceLine, lineText } from './line.ts';

/** A run's `keys.jsonl` as it would write it. */
export interface KeyLines {
  /** SHA-256 of its bytes, in hex. */
  readonly keysSha256: string;
  readonly figures: EvidenceFigures;
  /** Made anew at each call, so that nobody holds them but who writes them: a hundred thousand keys make 54 MB. */
  readonly bytes: () => Uint8Array;
}

export const keyLines = (records: readonly KeyRecord[]): KeyLines => {
  const hash = createHash('sha256');
  let size = 0;
  for (const record of records) {
    const text = lineText(evidenceLine(record));
    hash.update(text);
    size += Buffer.byteLength(text);
  }
  return { keysSha256: hash.digest('hex'), figures: figuresOf(linesOf(records)), bytes: () => written(records, size) };
};

function* linesOf(records: readonly KeyRecord[]) {
  for (const record of records) yield evidenceLine(record);
}

const written = (records: readonly KeyRecord[], size: number): Uint8Array => {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const record of records) at += bytes.write(lineText(evidenceLine(record)), at);
  return bytes;
};
