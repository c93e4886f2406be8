import { styleText } from 'node:util';
import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { visible } from '../visible.ts';
import { WrongUseError } from '../wrong-use.ts';
import { verifyFolder } from './verify-folder.ts';

interface Words {
  readonly seal?: string;
  readonly retentionDays?: string;
}

const DAY_MS = 86_400_000;

/** Adds `verify`: whether evidence is as the runs left it, from the files alone. */
export const addVerifyCommand = (program: Command): void => {
  program
    .command('verify')
    .description('Verify evidence: that no byte of it was changed, and that no run was removed, replaced or inserted.')
    .argument('<folder>', 'what aws s3 sync gives of an evidence bucket, or the folder of a story')
    .option('--seal <hex>', 'the seal that a Run Finished event has told of last: the newest run must have it')
    .option('--retention-days <n>', 'how long the bucket keeps evidence (evidence.retentionDays): the oldest may be gone after that')
    .addHelpText(
      'after',
      `
aws s3 sync s3://<evidence bucket> <folder> && mrk-failover verify <folder>
Each sentence says what is wrong, where, and what it means; docs/guides/evidence.md has what the seals do not protect against.

Exit codes: 0 all of it holds, 1 something does not, 2 wrong use, or no evidence there, 5 our own error.`,
    )
    .action(verify);
};

const verify = (folder: string, { seal, retentionDays }: Words): void => {
  if (seal !== undefined && !/^[0-9a-f]{64}$/.test(seal))
    throw new WrongUseError([`--seal: expected 64 hex digits in lower case; got "${seal}".`]);
  if (retentionDays !== undefined && !/^[1-9]\d{0,4}$/.test(retentionDays))
    throw new WrongUseError([`--retention-days: expected a whole number from 1 to 99999; got "${retentionDays}".`]);
  const expiredBefore = retentionDays === undefined ? undefined : Date.now() - Number(retentionDays) * DAY_MS;
  const { wrong, right, open } = verifyFolder(folder, { seal, expiredBefore });
  tell('green', '✓', right);
  tell('yellow', '!', open);
  tell('red', '✗', wrong);
  process.exitCode = wrong.length === 0 ? EXIT.moved : EXIT.partly;
};

const tell = (colour: Parameters<typeof styleText>[0], sign: string, sentences: readonly string[]): void => {
  for (const sentence of sentences) process.stdout.write(`${styleText(colour, sign)} ${visible(sentence)}\n`);
};
