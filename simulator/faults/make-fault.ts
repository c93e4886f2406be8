import { type KmsFaultName, kmsFaultEntry } from './catalog.ts';
import type { FaultContext } from './fault-context.ts';
import type { KmsFault } from './kms-fault.ts';
import type { FaultScope } from './scope.ts';
import { Scoped } from './scoped.ts';
import { type FaultSettings, settingsIn } from './settings.ts';

/** A fault of KMS as it was asked for. */
export interface FaultOrder {
  readonly name: KmsFaultName;
  /** What was written after `name=`; 0 for a fault without a value. */
  readonly value: number;
  readonly settings: FaultSettings;
}

/** @returns the sentence that says which settings this fault does not take, or undefined when it takes all that were given */
export const unfitSettings = ({ name, settings }: FaultOrder): string | undefined => {
  const { takes } = kmsFaultEntry(name);
  const unfit = settingsIn(settings).filter((setting) => !takes.includes(setting));
  if (unfit.length === 0) return undefined;
  return `The fault '${name}' takes ${takes.length === 0 ? 'no settings' : takes.join(', ')}; got ${unfit.join(', ')}.`;
};

const isLimited = ({ operationClass, region, account, fromMs, forMs }: FaultScope): boolean =>
  operationClass !== 'all' || region !== undefined || account !== undefined || fromMs > 0 || forMs !== undefined;

/** The fault of an order, within its limits. A fault of the source Region strikes the Region that the order names instead. */
export const makeFault = ({ name, value, settings }: FaultOrder, context: FaultContext): KmsFault => {
  const entry = kmsFaultEntry(name);
  const named = settings.region ?? entry.region;
  const region = named === 'source' ? context.source : named === 'target' ? context.target : named;
  const scope: FaultScope = {
    operationClass: settings.operationClass ?? entry.operationClass ?? 'all',
    region,
    account: settings.account,
    fromMs: settings.fromMs ?? 0,
    forMs: settings.forMs,
  };
  const fault = entry.make({ ...context, source: region ?? context.source }, { value, rate: settings.rate ?? entry.rate ?? 1 });
  return isLimited(scope) ? new Scoped(fault, scope, context.clock) : fault;
};
