import type { Ledger } from './ledger.ts';
import type { BenchWorld } from './world.ts';

type Tally = Readonly<Record<string, number>>;

/** What was asked of AWS, everybody's calls to KMS among it. */
export interface Used extends Readonly<Ledger> {
  readonly calls: Tally;
  readonly throttled: Tally;
  readonly invocations: number;
  readonly gbSeconds: number;
}

export const usageSoFar = ({ world, ledger }: BenchWorld): Used => {
  const { calls, throttled } = world.kms.counts();
  const functions = [...world.lambda.counts().values()];
  return {
    ...ledger,
    calls,
    throttled,
    invocations: functions.reduce((sum, { invocations }) => sum + invocations, 0),
    gbSeconds: functions.reduce((sum, { gbSeconds }) => sum + gbSeconds, 0),
  };
};

const less = (after: Tally, before: Tally): Tally =>
  Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));

export const usedSince = (before: Used, after: Used): Used => ({
  tableReads: after.tableReads - before.tableReads,
  tableWrites: after.tableWrites - before.tableWrites,
  storeGets: after.storeGets - before.storeGets,
  storePuts: after.storePuts - before.storePuts,
  calls: less(after.calls, before.calls),
  throttled: less(after.throttled, before.throttled),
  invocations: after.invocations - before.invocations,
  gbSeconds: after.gbSeconds - before.gbSeconds,
});

export const total = (tally: Tally): number => Object.values(tally).reduce((a, b) => a + b, 0);
