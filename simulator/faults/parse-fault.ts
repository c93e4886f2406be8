import { nearest } from '../../core/fleet/nearest.ts';
import { FAULT_CATALOG, type FaultEntry, type FaultName, type RunnerFaultName } from './catalog.ts';
import type { FaultContext } from './fault-context.ts';
import type { KmsFault } from './kms-fault.ts';

/** What was written after `--fault`: a fault of KMS that can be made, one that the runner knows by name, or why it is neither. */
export type ParsedFault =
  | { readonly kind: 'kms'; readonly name: FaultName; readonly make: (context: FaultContext) => KmsFault }
  | { readonly kind: 'runner'; readonly name: RunnerFaultName }
  | { readonly kind: 'refused'; readonly sentence: string };

const NAMES = Object.keys(FAULT_CATALOG) as FaultName[];

const isFaultName = (text: string): text is FaultName => Object.hasOwn(FAULT_CATALOG, text);

const refused = (sentence: string): ParsedFault => ({ kind: 'refused', sentence });

const unknown = (name: string): ParsedFault => {
  const meant = nearest(name, NAMES);
  const guess = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  return refused(`There is no fault named '${name}'.${guess} The faults are ${NAMES.join(', ')}.`);
};

/** @param text a name, or `name=value` for the faults that have a value, for example `source-down-at=40%` */
export const parseFault = (text: string): ParsedFault => {
  const [name = '', ...rest] = text.split('=');
  if (!isFaultName(name)) return unknown(name);
  if (name === 'function-crash' || name === 'abort') {
    return rest.length === 0 ? { kind: 'runner', name } : refused(`The fault '${name}' takes no value, got '${text}'.`);
  }
  const entry: Extract<FaultEntry, { kind: 'kms' }> = FAULT_CATALOG[name];
  if (entry.readValue === undefined) {
    if (rest.length > 0) return refused(`The fault '${name}' takes no value, got '${text}'.`);
    return { kind: 'kms', name, make: (context) => entry.make(context, 0) };
  }
  const read = entry.readValue(rest.join('='));
  if (read.kind === 'bad') return refused(`The fault '${name}' needs ${read.expected}, written ${name}=…; got '${text}'.`);
  return { kind: 'kms', name, make: (context) => entry.make(context, read.value) };
};
