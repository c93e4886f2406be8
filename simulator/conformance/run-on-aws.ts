import type { KMS } from '@aws-sdk/client-kms';
import { AwsLaboratory } from './aws-laboratory.ts';
import { awsPlan } from './aws-plan.ts';
import type { Case, Place } from './case.ts';
import { resultLines, summaryLine } from './report.ts';
import { runTable } from './run-table.ts';

export interface AwsRun {
  /** A client of one Region. */
  readonly clientOf: (region: string) => KMS;
  readonly rows: readonly Case[];
  readonly regions: Readonly<Record<Place, string>>;
  readonly run: string;
  /** Whether somebody has agreed to the plan. */
  readonly agreed: boolean;
  readonly sleep: (ms: number) => Promise<void>;
  readonly print: (text: string) => void;
  /** Calls back when the run shall stop; what was made is discarded all the same. */
  readonly onStop: (stop: () => void) => void;
}

/** 0: as expected; 1: something differs, or could not be done or undone; 2: nothing was run, because nobody agreed. */
type ExitCode = 0 | 1 | 2;

const hasCredentials = async (client: KMS): Promise<boolean> => {
  try {
    await client.config.credentials();
    return true;
  } catch {
    return false;
  }
};

const discard = async (lab: AwsLaboratory, print: AwsRun['print']): Promise<boolean> => {
  const left = await lab.close();
  if (left.length === 0) {
    print('The deletion of every key of this run is scheduled.');
    return true;
  }
  print('KMS did not take the deletion of the following keys. Until you schedule it yourself, they cost 1 USD a month each:');
  for (const name of left) {
    const [region, keyId] = name.split('/');
    print(`  aws kms schedule-key-deletion --region ${region} --key-id ${keyId} --pending-window-in-days 7`);
  }
  return false;
};

/** Cases that want a key in the same states come together: to bring a state about takes longer than to ask about it. */
const inOrder = (rows: readonly Case[]): readonly Case[] => {
  const situation = ({ before, key, states = {} }: Case): string => `${key} ${JSON.stringify(states)} ${before === undefined ? 0 : 1}`;
  return rows.toSorted((a, b) => situation(a).localeCompare(situation(b)));
};

/** Tells what it would do, and does it when that was agreed to. The keys that it made are discarded whatever happens. */
export const runOnAws = async ({ clientOf, rows, regions, run, agreed, sleep, print, onStop }: AwsRun): Promise<ExitCode> => {
  const lab = new AwsLaboratory({ clientOf, regions, run, sleep });
  print(awsPlan(lab, rows, regions, run));
  if (!(await hasCredentials(clientOf(regions.primary)))) {
    print('\nNothing was done: there are no AWS credentials here. Name a profile in AWS_PROFILE, or log in, and start again.');
    return 1;
  }
  if (!agreed) {
    print('\nNothing was done. Start again with --yes if this is what you want.');
    return 2;
  }
  let isStopped = false;
  onStop(() => {
    isStopped = true;
    print('Stopping after this case; then the keys go.');
  });
  let isGood = false;
  try {
    await lab.open();
    print(`\nMade: ${lab.made().join(', ')}`);
    const results = await runTable(
      lab,
      inOrder(rows),
      (result) => print(resultLines(result)),
      () => isStopped,
    );
    print(`\n${summaryLine(results)}`);
    isGood = !isStopped && results.every(({ outcome }) => outcome !== 'failed');
  } catch (error) {
    print(`\nThe run ended early: ${error instanceof Error ? error.message : String(error)}`);
  }
  const isDiscarded = await discard(lab, print);
  return isGood && isDiscarded ? 0 : 1;
};
