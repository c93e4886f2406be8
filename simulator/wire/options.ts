import { accountIdSchema, regionSchema } from '../../core/region.ts';
import { ACCOUNTS_MAX, REGIONS_MAX, type WireSettings } from './settings.ts';

/** The words of the command, as they were written. */
export interface WireWords {
  readonly port: string;
  readonly seed: string;
  /** Separated by commas. */
  readonly accounts: string;
  readonly regions: string;
  readonly kind?: boolean;
  readonly unkind?: boolean;
}

const PORT_MAX = 65_535;

const listed = (text: string): readonly string[] => [...new Set(text.split(',').map((word) => word.trim()))];

/** @returns the settings, or a sentence for each word that is wrong */
export const readWireWords = ({
  port,
  seed,
  accounts,
  regions,
  kind = false,
  unkind = false,
}: WireWords): WireSettings | readonly string[] => {
  const sentences: string[] = [];
  if (!/^\d{1,5}$/.test(port) || Number(port) > PORT_MAX)
    sentences.push(`--port: expected a number from 0 (any free port) to ${PORT_MAX}; got "${port}".`);
  const accountList = listed(accounts);
  for (const account of accountList)
    if (!accountIdSchema.safeParse(account).success)
      sentences.push(`--accounts: expected accounts of twelve digits, with commas between; got "${account}".`);
  if (accountList.length > ACCOUNTS_MAX) sentences.push(`--accounts: expected at most ${ACCOUNTS_MAX}; got ${accountList.length}.`);
  const regionList = listed(regions);
  for (const region of regionList)
    if (!regionSchema.safeParse(region).success)
      sentences.push(`--regions: expected Region codes such as us-west-2, with commas between; got "${region}".`);
  if (regionList.length > REGIONS_MAX) sentences.push(`--regions: expected at most ${REGIONS_MAX}; got ${regionList.length}.`);
  if (kind && unkind) sentences.push('--kind and --unkind: expected one of them at most; got both.');
  if (sentences.length > 0) return sentences;
  const unkindness = kind ? 'kind' : unkind ? 'unkind' : 'quick';
  return { port: Number(port), seed, accounts: accountList, regions: regionList, unkindness };
};
