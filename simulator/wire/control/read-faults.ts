import type { z } from 'zod';
import { nearest } from '../../../core/fleet/nearest.ts';
import { FAULT_CATALOG, type KmsFaultName } from '../../faults/catalog.ts';
import { type FaultOrder, unfitSettings } from '../../faults/make-fault.ts';
import type { FaultSettings } from '../../faults/settings.ts';
import type { WireSettings } from '../settings.ts';
import type { faultsBody } from './schemas.ts';

type FaultWords = z.output<typeof faultsBody>['faults'][number];

const WIRE_FAULTS = (Object.keys(FAULT_CATALOG) as (keyof typeof FAULT_CATALOG)[]).filter((name): name is KmsFaultName => {
  const entry = FAULT_CATALOG[name];
  return entry.kind === 'kms' && !('needsStory' in entry);
});

const nameOf = (text: string): KmsFaultName | { readonly sentence: string } => {
  const name = WIRE_FAULTS.find((known) => known === text);
  if (name !== undefined) return name;
  const all = `The faults of a running simulator are ${WIRE_FAULTS.join(', ')}.`;
  if (Object.hasOwn(FAULT_CATALOG, text))
    return { sentence: `The fault '${text}' belongs to a story (npm start -- --fault ${text}). ${all}` };
  const meant = nearest(text, WIRE_FAULTS);
  return { sentence: `There is no fault named '${text}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`} ${all}` };
};

const settingsOf = (words: FaultWords): FaultSettings => ({
  ...(words.rate === undefined ? {} : { rate: words.rate }),
  ...(words.class === undefined ? {} : { operationClass: words.class }),
  ...(words.region === undefined ? {} : { region: words.region }),
  ...(words.account === undefined ? {} : { account: words.account }),
  ...(words.fromSeconds === undefined ? {} : { fromMs: words.fromSeconds * 1_000 }),
  ...(words.forSeconds === undefined ? {} : { forMs: words.forSeconds * 1_000 }),
});

const elsewhere = ({ account, region }: FaultWords, { accounts, regions }: WireSettings): string | undefined => {
  if (account !== undefined && !accounts.includes(account))
    return `This simulator has no account ${account}; it has ${accounts.join(', ')}.`;
  if (region !== undefined && !regions.includes(region)) return `This simulator has no Region ${region}; it has ${regions.join(', ')}.`;
  return undefined;
};

/** @returns the orders, or a sentence for each fault that cannot be had as it was written */
export const readFaults = (
  faults: readonly FaultWords[],
  settings: WireSettings,
): { readonly orders: readonly FaultOrder[] } | { readonly sentences: readonly string[] } => {
  const orders: FaultOrder[] = [];
  const sentences: string[] = [];
  for (const words of faults) {
    const name = nameOf(words.name);
    if (typeof name !== 'string') {
      sentences.push(name.sentence);
      continue;
    }
    const order: FaultOrder = { name, value: 0, settings: settingsOf(words) };
    const wrong = unfitSettings(order) ?? elsewhere(words, settings);
    if (wrong === undefined) orders.push(order);
    else sentences.push(wrong);
  }
  return sentences.length > 0 ? { sentences } : { orders };
};

/** An order in the words in which it can be given. */
export const faultWords = ({ name, settings }: FaultOrder): FaultWords => ({
  name,
  ...(settings.rate === undefined ? {} : { rate: settings.rate }),
  ...(settings.operationClass === undefined ? {} : { class: settings.operationClass }),
  ...(settings.region === undefined ? {} : { region: settings.region as FaultWords['region'] }),
  ...(settings.account === undefined ? {} : { account: settings.account as FaultWords['account'] }),
  ...(settings.fromMs === undefined ? {} : { fromSeconds: settings.fromMs / 1_000 }),
  ...(settings.forMs === undefined ? {} : { forSeconds: settings.forMs / 1_000 }),
});
