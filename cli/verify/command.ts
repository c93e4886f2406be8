import { styleText } from 'node:util';
import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { visible } from '../visible.ts';
import { WrongUseError } from '../wrong-use.ts';
import { verifyFolder } from './verify-folder.ts';

interface Words {
  readonly seal: readonly string[];
  readonly retentionDays?: string;
  readonly unsealedBefore?: string;
  readonly acknowledge: readonly string[];
}

const DAY_MS = 86_400_000;

const repeated = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Adds `verify`: whether evidence is as the runs left it, from the files alone. */
export const addVerifyCommand = (program: Command): void => {
  program
    .command('verify')
    .description('Verify evidence: that no byte of it was changed, and that no run was removed, replaced or inserted.')
    .argument('<folder>', 'what aws s3 sync gives of an evidence bucket, or the folder of a story')
    .option(
      '--seal <hex>',
      'the seal that a Run Finished event has told of last: the newest run must have it; repeat it for each fleet and control Region',
      repeated,
      [],
    )
    .option('--retention-days <n>', 'how long the bucket keeps evidence (evidence.retentionDays): the oldest may be gone after that')
    .option('--unsealed-before <time>', 'until when a version was in use that sealed nothing, such as 2026-05-04 or 2026-05-04T03:00:00Z')
    .option(
      '--acknowledge <run>',
      'a run that came after the coordination table was restored, and for that stands beside another; may be repeated',
      repeated,
      [],
    )
    .addHelpText(
      'after',
      `
aws s3 sync s3://<evidence bucket> <folder> && mrk-failover verify <folder> --seal <that of the fleet's last Run Finished>
Without --seal, nothing shows that the newest runs, or all runs of a fleet, were removed, or that a whole chain was inserted.
Each sentence says what is wrong, where, and what it means; docs/guides/evidence.md has what the seals do not protect against.

Exit codes: 0 all of it holds, 1 something does not or is unproven, 2 wrong use, or no evidence there, 5 our own error.`,
    )
    .action(verify);
};

const verify = (folder: string, { seal: seals, retentionDays, unsealedBefore, acknowledge: acknowledged }: Words): void => {
  for (const seal of seals)
    if (!/^[0-9a-f]{64}$/.test(seal)) throw new WrongUseError([`--seal: expected 64 hex digits in lower case; got "${seal}".`]);
  if (retentionDays !== undefined && !/^[1-9]\d{0,4}$/.test(retentionDays))
    throw new WrongUseError([`--retention-days: expected a whole number from 1 to 99999; got "${retentionDays}".`]);
  const expiredBefore = retentionDays === undefined ? undefined : Date.now() - Number(retentionDays) * DAY_MS;
  const { wrong, right, open } = verifyFolder(folder, { seals, expiredBefore, unsealedBefore: timeIn(unsealedBefore), acknowledged });
  tell('green', '✓', right);
  tell('yellow', '!', open);
  tell('red', '✗', wrong);
  process.exitCode = wrong.length === 0 ? EXIT.moved : EXIT.partly;
};

/** Epoch milliseconds. @throws WrongUseError */
const timeIn = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/.test(text) ? Date.parse(text) : Number.NaN;
  // What is no day of its month would be taken for one of the next.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text.replace(/Z$/, ''))) return time;
  throw new WrongUseError([
    `--unsealed-before: expected a day or a time in UTC, such as 2026-05-04 or 2026-05-04T03:00:00Z; got "${text}".`,
  ]);
};

const tell = (colour: Parameters<typeof styleText>[0], sign: string, sentences: readonly string[]): void => {
  for (const sentence of sentences) process.stdout.write(`${styleText(colour, sign)} ${visible(sentence)}\n`);
};
