import { nearest } from '../../core/fleet/nearest.ts';
import { FAULT_CATALOG, type FaultEntry, type FaultName, type RunnerFaultName } from './catalog.ts';
import type { FaultContext } from './fault-context.ts';
import type { KmsFault } from './kms-fault.ts';
import { makeFault, unfitSettings } from './make-fault.ts';
import { readSettings } from './read-settings.ts';

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

/**
 * @param text a name, or `name=value` for the faults that have a value, and its settings behind commas: `source-down-at=40%`,
 * `hang,rate=5%,class=write,region=target,account=111122223333,from=1m,for=10m`
 */
export const parseFault = (text: string): ParsedFault => {
  const [head = '', ...settingTexts] = text.split(',');
  const [name = '', ...rest] = head.split('=');
  if (!isFaultName(name)) return unknown(name);
  const entry: FaultEntry = FAULT_CATALOG[name];
  const readValue = entry.kind === 'kms' ? entry.readValue : undefined;
  if (readValue === undefined && rest.length > 0) return refused(`The fault '${name}' takes no value, got '${text}'.`);
  if (name === 'function-crash' || name === 'abort') {
    return settingTexts.length === 0 ? { kind: 'runner', name } : refused(`The fault '${name}' takes no settings, got '${text}'.`);
  }
  const read = readValue?.(rest.join('=')) ?? { kind: 'value', value: 0 };
  if (read.kind === 'bad') return refused(`The fault '${name}' needs ${read.expected}, written ${name}=…; got '${text}'.`);
  const given = readSettings(settingTexts);
  if (given.kind === 'bad') return refused(`The fault '${name}' is not written rightly: ${given.sentence}.`);
  const order = { name, value: read.value, settings: given.settings };
  const unfit = unfitSettings(order);
  return unfit === undefined ? { kind: 'kms', name, make: (context) => makeFault(order, context) } : refused(unfit);
};
