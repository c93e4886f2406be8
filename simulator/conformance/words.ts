import { parseArgs } from 'node:util';
import type { Place } from './case.ts';

export const HELP = `Usage: npm run conformance
       npm run conformance -- --aws --region us-east-1 --replica-region us-west-2 [--third-region eu-west-1] [--yes]

Runs the table of conformance cases against the simulated KMS in this process or, with --aws, against KMS itself, with two
throw-away multi-Region keys whose deletion it schedules at the end. Without --yes it only says what it would make and what
that costs. AWS_ENDPOINT_URL_KMS sends the calls elsewhere, to a simulator that runs as a server for instance.
Exit codes: 0 as expected, 1 something differs or went wrong, 2 wrong use or nobody agreed.`;

/** What the words of the command ask for. */
export type Wish =
  | { readonly kind: 'help' }
  | { readonly kind: 'here' }
  | { readonly kind: 'aws'; readonly regions: Readonly<Record<Place, string>>; readonly agreed: boolean }
  | { readonly kind: 'wrong'; readonly sentence: string };

const options = {
  aws: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  region: { type: 'string' },
  'replica-region': { type: 'string' },
  'third-region': { type: 'string', default: 'eu-west-1' },
  yes: { type: 'boolean', default: false },
} as const;

/** @param words without those of Node itself */
export const readWords = (words: readonly string[]): Wish => {
  try {
    const {
      aws,
      help,
      region: primary,
      'replica-region': replica,
      'third-region': third,
      yes,
    } = parseArgs({ args: [...words], options }).values;
    if (help) return { kind: 'help' };
    if (!aws) return { kind: 'here' };
    if (primary !== undefined && replica !== undefined && new Set([primary, replica, third]).size === 3) {
      return { kind: 'aws', regions: { primary, replica, third }, agreed: yes };
    }
    const got = [primary, replica, third].map((region) => region ?? 'none').join(', ');
    return { kind: 'wrong', sentence: `Expected --region, --replica-region and --third-region to be three Regions, got ${got}.` };
  } catch (error) {
    return { kind: 'wrong', sentence: error instanceof Error ? error.message : String(error) };
  }
};
