import type { FailureCode, KmsFailure } from '../../core/key/failure.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { answered } from './answer.ts';

/** An account has at most 100,000 keys a Region, so this is beyond any listing: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const PAGES_MAX = 10_000;

const TRIES_A_PAGE_MAX = 3;

/** Failures after which the same page may come. */
const PASSING: ReadonlySet<FailureCode> = new Set(['unreachable', 'internal', 'throttled']);

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; undefined after the last one. */
  readonly next: string | undefined;
}

export interface Pages<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
  /** What cut the pages short; absent when they are complete, and when their time was up. */
  readonly cutShortBy?: KmsFailure;
}

/**
 * Pages on until the end, a failure that stays, or the time is up. A failure of the first page is the answer; a later one cuts the
 * pages short.
 * @param triesMax how often a page is asked for, beside the client's own second attempt, while there is time
 */
export const paged = async <T>(
  clock: Clock,
  msMax: number,
  page: (marker: string | undefined) => Promise<Page<T>>,
  triesMax = TRIES_A_PAGE_MAX,
): Promise<Pages<T> | KmsFailure> => {
  const until = clock.now() + msMax;
  const items: T[] = [];
  let marker: string | undefined;
  for (let pages = 0; pages < PAGES_MAX && (pages === 0 || clock.now() < until); pages += 1) {
    const reply = await patiently(clock, until, triesMax, () => answered(page(marker)));
    if ('kind' in reply) return pages === 0 ? reply : { items, complete: false, cutShortBy: reply };
    items.push(...reply.items);
    marker = reply.next;
    if (marker === undefined) return { items, complete: true };
  }
  return { items, complete: false };
};

/** Asks until there is an answer or a final no, so many times at most and no longer than until the time is up. */
const patiently = async <T extends object>(
  clock: Clock,
  until: number,
  triesMax: number,
  ask: () => Promise<T | KmsFailure>,
): Promise<T | KmsFailure> => {
  let reply = await ask();
  for (let tries = 1; tries < triesMax && isPassing(reply) && clock.now() < until; tries += 1) reply = await ask();
  return reply;
};

const isPassing = (reply: object): boolean => 'code' in reply && PASSING.has((reply as KmsFailure).code);
