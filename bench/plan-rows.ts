import { CONTENDERS, OURS } from './contenders/all.ts';
import { type RowAsk, SCENARIOS, type ScenarioName } from './row.ts';

/** What was asked for on the command line; undefined: everything that is measured by default. */
interface Narrowing {
  readonly keys: readonly number[] | undefined;
  readonly scenarios: readonly ScenarioName[] | undefined;
  readonly contenders: readonly string[] | undefined;
  readonly seeds: readonly string[] | undefined;
}

/** So many keys lie in so many accounts; any other number of keys lies in one. */
const ACCOUNTS_OF: Readonly<Record<number, number>> = { 100000: 50 };
/** The seeds that draw the three shapes of KMS's quota, a bucket of one second's calls first, and once more where refusals count. */
const SEEDS = ['4', '10', '1', '3'] as const;
const SIZES = [100, 1_000, 10_000, 100_000] as const;
const ALL_SCENARIOS = Object.keys(SCENARIOS) as ScenarioName[];

/** Whether a row belongs to those that are measured when nothing is asked for: the others take hours, and say little more. */
const isUsual = ({ scenario, contender, keys, seed }: RowAsk): boolean => {
  const isFirstSeed = seed === SEEDS[0];
  if (contender !== OURS) return isFirstSeed && (scenario === 'alone' ? keys <= 10_000 : keys === 1_000);
  if (keys === 100_000) return isFirstSeed && scenario === 'alone';
  if (keys === 10_000) return isFirstSeed || scenario === 'alone';
  return isFirstSeed || keys === 1_000;
};

/** The rows to measure. What is named is measured in every combination with what is not. */
export const planRows = ({ keys, scenarios, contenders, seeds }: Narrowing): readonly RowAsk[] => {
  const isNarrowed = keys !== undefined && seeds !== undefined;
  const all = (scenarios ?? ALL_SCENARIOS).flatMap((scenario) =>
    (keys ?? SIZES).flatMap((count) =>
      (contenders ?? CONTENDERS.map(({ name }) => name)).flatMap((contender) =>
        (seeds ?? SEEDS).map((seed): RowAsk => ({ scenario, contender, keys: count, accounts: ACCOUNTS_OF[count] ?? 1, seed })),
      ),
    ),
  );
  return all.filter((ask) => isNarrowed || isUsual(seeds === undefined ? ask : { ...ask, seed: SEEDS[0] }) || isAskedFor(ask, keys));
};

/** A size that nobody measures by default is asked for by naming it; then the first seed is enough. */
const isAskedFor = ({ keys, seed }: RowAsk, asked: readonly number[] | undefined): boolean =>
  asked?.includes(keys) === true && seed === SEEDS[0];
