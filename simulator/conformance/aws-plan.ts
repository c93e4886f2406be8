import type { Case } from './case.ts';
import type { Laboratory } from './laboratory.ts';
import { RUN_TAG } from './throwaway-key.ts';

/** Calls of one case, those that restore the keys included; for the estimate only. */
const CALLS_PER_CASE = 15;
const SECONDS_PER_CASE = 12;

/**
 * What a run against AWS will make, do and cost, as text for the person who pays. Prices are those of
 * https://aws.amazon.com/kms/pricing/ when this was written: 1 USD a month for each key, by the hour, nothing while its
 * deletion is pending, and 0.03 USD for 10,000 calls.
 */
export const awsPlan = (lab: Laboratory, rows: readonly Case[], regions: Readonly<Record<string, string>>, run: string): string => {
  const count = rows.filter((row) => lab.cannot(row) === undefined).length;
  const minutes = Math.ceil((count * SECONDS_PER_CASE) / 60);
  const calls = count * CALLS_PER_CASE;
  const keysUsd = (4 / 730) * Math.ceil(minutes / 60);
  const usd = keysUsd + (calls * 0.03) / 10_000;
  return [
    `Run ${run} against AWS: ${count} of ${rows.length} cases; the others need what this run does not make, and are listed as skipped.`,
    '',
    `It makes two multi-Region keys in ${regions.primary}, one of them with imported material, each with a replica in ${regions.replica}:`,
    `four customer managed keys, whose primaries carry the tag ${RUN_TAG}=${run}. It disables, promotes, tags and schedules them, and`,
    `nothing else in the account. Failing calls go to ${regions.third} as well; no key is made there. At the end, also after an error`,
    'or Ctrl-C, it schedules their deletion, which takes 7 days for the replicas and 7 more for the primaries.',
    '',
    `It takes about ${minutes} minutes and makes about ${calls.toLocaleString('en')} calls, single ones of which count against the account's`,
    'quota of 5 UpdatePrimaryRegion a second in both Regions.',
    `Cost: about ${usd.toFixed(2)} USD (four keys at 1 USD a month, by the hour; 0.03 USD for 10,000 calls).`,
  ].join('\n');
};
