import type { Command } from 'commander';
import { told } from '../../core/decision/told.ts';
import { EXIT } from '../exit-code.ts';
import { visible } from '../visible.ts';
import { WrongUseError } from '../wrong-use.ts';
import { DECISIONS_FILE, decisionsOfFolder, decisionsOfTable } from './sources.ts';

interface Words {
  readonly fleet?: string;
  readonly last: string;
  readonly from?: string;
  readonly table?: string;
  readonly region?: string;
  readonly json?: boolean;
}

/** Adds `why`: the latest decisions in plain words, from a story's folder or from an installation's table. */
export const addWhyCommand = (program: Command): void => {
  program
    .command('why')
    .description('Say why something was done or not done: the latest decisions, each with what would lift it.')
    .option('--fleet <name>', 'of this fleet only')
    .option('--last <n>', 'how many, the latest first', '5')
    .option('--from <folder>', `a folder with the ${DECISIONS_FILE} of a played story (default: the one played last)`)
    .option('--table <name>', 'the coordination table of an installation, read with your AWS credentials')
    .option('--region <region>', 'the Region of that table (default: that of the environment)')
    .option('--json', 'one JSON document a line')
    .addHelpText(
      'after',
      `
Exit codes: 0 told, 1 nothing is on record of that fleet, 2 wrong use, 4 you may not read the table, 5 our own error, 6 no credentials, no
connection or no answer that can be used.`,
    )
    .action(explain);
};

const explain = async ({ fleet, last, from, table, region, json }: Words): Promise<void> => {
  if (!/^[1-9]\d{0,3}$/.test(last)) throw new WrongUseError([`--last: expected a whole number from 1 to 9999; got "${last}".`]);
  if (from !== undefined && table !== undefined) throw new WrongUseError(['Expected --from or --table, not both.']);
  const all = table === undefined ? decisionsOfFolder(from) : await decisionsOfTable(table, region);
  // A deed that concerns every fleet, such as the global switch, explains each of them.
  const wanted = all
    .filter(({ decision }) => fleet === undefined || decision.fleet === fleet || decision.fleet === 'all')
    .toSorted((one, other) => other.decision.at - one.decision.at)
    .slice(0, Number(last));
  if (wanted.length === 0) {
    process.stderr.write(
      `No decision${fleet === undefined ? '' : ` about fleet ${visible(fleet)}`} is on record${all.length > 0 ? `; there are ${all.length} about others` : ''}.\n`,
    );
    process.exitCode = EXIT.partly;
    return;
  }
  const lines = wanted.map(({ id, decision }) =>
    json === true ? visible(JSON.stringify({ id, ...decision })) : `${told(id, decision).map(visible).join('\n')}\n`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
};
