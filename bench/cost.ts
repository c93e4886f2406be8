import type { Ledger } from './ledger.ts';
import { PRICES, TABLE_REPLICAS } from './prices.ts';

/** What was used to move the fleet. */
export interface Usage extends Readonly<Ledger> {
  /** KMS calls by operation, the second tenant's among them. */
  readonly calls: Readonly<Record<string, number>>;
  readonly tenantCalls: number;
  readonly stateTransitions: number;
  readonly invocations: number;
  readonly gbSeconds: number;
}

/** The mix has as many elliptic-curve keys as RSA_2048 keys, and only the former cost more; these operations see no other kinds. */
const ASYMMETRIC_OPERATIONS = ['Sign', 'Verify', 'GetPublicKey'] as const;
const DEARER_SHARE = 0.5;

/** What it cost, in US dollars: nothing idle, no keys, nothing of the second tenant's. */
export const costOf = (usage: Usage): { readonly usd: number; readonly usdWithoutKms: number } => {
  const requests = Object.values(usage.calls).reduce((a, b) => a + b, 0) - usage.tenantCalls;
  const asymmetric = ASYMMETRIC_OPERATIONS.reduce((sum, operation) => sum + (usage.calls[operation] ?? 0), 0);
  const dearer = asymmetric * DEARER_SHARE;
  const usdOfKms = (requests - dearer) * PRICES.kmsRequest + dearer * PRICES.kmsOtherAsymmetricRequest;
  const usdWithoutKms =
    usage.stateTransitions * PRICES.stateTransition +
    usage.gbSeconds * PRICES.lambdaGbSecond +
    usage.invocations * PRICES.lambdaRequest +
    usage.tableWrites * PRICES.tableWrite * TABLE_REPLICAS +
    usage.tableReads * PRICES.tableRead +
    usage.storePuts * PRICES.storePut +
    usage.storeGets * PRICES.storeGet;
  return { usd: usdOfKms + usdWithoutKms, usdWithoutKms };
};

/** Each KMS call of ours is a management event, and a promotion is one more, in its other Region. The first copy of a trail is free. */
export const secondTrailUsdPer1000 = (rows: ReadonlyArray<{ readonly callsPerKey: number }>): number =>
  (Math.max(0, ...rows.map(({ callsPerKey }) => callsPerKey)) + 1) * 1000 * PRICES.secondTrailEvent;
