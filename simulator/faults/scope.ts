import type { FaultedCall } from './kms-fault.ts';
import { type OperationClass, operationClassOf } from './operation-class.ts';

/** Which calls a fault may strike. What is undefined is not limited. */
export interface FaultScope {
  readonly operationClass: OperationClass;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** From when on, and for how long, in milliseconds since the fault was made. */
  readonly fromMs: number;
  readonly forMs: number | undefined;
}

/** @param ageMs how long ago the fault was made */
export const isWithin = (scope: FaultScope, { operation, region, account }: FaultedCall, ageMs: number): boolean =>
  ageMs >= scope.fromMs &&
  (scope.forMs === undefined || ageMs < scope.fromMs + scope.forMs) &&
  (scope.operationClass === 'all' || scope.operationClass === operationClassOf(operation)) &&
  (scope.region === undefined || scope.region === region) &&
  (scope.account === undefined || scope.account === account);
