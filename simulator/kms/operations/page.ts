import { KmsRefusal } from '../refusal.ts';

/** One page of sorted names, and the marker of the next page if there is one. */
export interface Page {
  readonly names: readonly string[];
  readonly nextMarker: string | undefined;
}

/** A marker names the last item of the page before, disguised so that nobody builds one by hand. */
const markerOf = (name: string): string => Buffer.from(`after:${name}`).toString('base64url');

const readMarker = (marker: string): string => {
  const text = Buffer.from(marker, 'base64url').toString();
  if (!text.startsWith('after:')) throw new KmsRefusal('InvalidMarkerException', 'Invalid marker');
  return text.slice('after:'.length);
};

/** Where the first name greater than `name` stands. */
const firstAfter = (sorted: readonly string[], name: string): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') <= name) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** @throws KmsRefusal (InvalidMarkerException) for a marker that no page gave */
export const pageOf = (sorted: readonly string[], limit: number, marker: string | undefined): Page => {
  const start = marker === undefined ? 0 : firstAfter(sorted, readMarker(marker));
  const names = sorted.slice(start, start + limit);
  const last = names.at(-1);
  return { names, nextMarker: last !== undefined && start + limit < sorted.length ? markerOf(last) : undefined };
};

/** The paging half of a list's answer. */
export const pagingAnswer = ({ nextMarker }: Page) =>
  nextMarker === undefined ? { Truncated: false } : { Truncated: true, NextMarker: nextMarker };
