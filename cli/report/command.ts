import type { Command } from 'commander';
import { visible } from '../visible.ts';
import { openPage } from './open-page.ts';

interface Words {
  readonly intent?: string;
  readonly open?: boolean;
}

/** Adds `report`: the page of a played story, or of what real runs have left. */
export const addReportCommand = (program: Command): void => {
  program
    .command('report')
    .description('Make the page of a played story, or of a downloaded evidence bucket, to read in a browser without a network.')
    .argument('<folder>', 'a folder that a story left, or a download of the evidence bucket; report.html is written into it')
    .option('--intent <name>', 'of real runs: the intent to tell of, such as payments-5423e0c191f5e9e9 (default: that of the latest run)')
    .option('--open', 'open the page wherever this runs (default: where a person is looking at this machine’s own screen)')
    .option('--no-open', 'do not open the page')
    .addHelpText(
      'after',
      `
aws s3 sync s3://<evidence bucket> evidence-of-may && mrk-failover report evidence-of-may
Decisions are shown as well where the folder has them: mrk-failover why --table <name> --last 9999 --json > evidence-of-may/decisions.jsonl
The page shows what the files say; it does not check them.

Exit codes: 0 the page is written, and its path is on stdout; 2 wrong use, or a file that is missing or cannot be understood.`,
    )
    .action(report);
};

const report = async (folder: string, { intent, open }: Words): Promise<void> => {
  // Loaded only now: help and wrong use are answered at once.
  const { writeReport } = await import('./write-report.ts');
  const path = await writeReport(folder, intent);
  process.stdout.write(`${visible(path)}\n`);
  await openPage(path, open === undefined ? {} : { open });
};
