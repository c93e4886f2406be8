#!/usr/bin/env node
import { styleText } from 'node:util';
import { Command, CommanderError, Option } from 'commander';
import { nearest } from '../core/fleet/nearest.ts';
import { OPERATIONS } from '../core/run/operation.ts';
import { FAULT_CATALOG } from '../simulator/faults/catalog.ts';
import { SETTINGS_SENTENCE } from '../simulator/faults/settings.ts';
import { NAMED_STORIES } from '../simulator/story/named/catalog.ts';
import { NoAnswerError } from './aws/no-answer.ts';
import { RefusedByAwsError } from './aws/refused.ts';
import { addDecideCommand } from './decide/command.ts';
import { EXIT } from './exit-code.ts';
import { addFleetsCommand } from './fleets.ts';
import { addOperatorCommands } from './operator/commands.ts';
import { type SimulateWords, storyOf } from './options.ts';
import { addReportCommand } from './report/command.ts';
import { addVerifyCommand } from './verify/command.ts';
import { visible } from './visible.ts';
import { addWhyCommand } from './why/command.ts';
import { WrongUseError } from './wrong-use.ts';

const faultHelp = Object.entries(FAULT_CATALOG)
  .map(([name, { sentence }]) => `  ${name.padEnd(18)} ${sentence}`)
  .join('\n');

const storyHelp = Object.entries(NAMED_STORIES)
  .map(([name, { sentence }]) => `  ${name.padEnd(22)} ${sentence}`)
  .join('\n');

const repeated = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command('mrk-failover')
  .description('Moves the primary role of AWS KMS multi-Region keys between Regions, for whole fleets of keys.')
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

program
  .command('simulate', { isDefault: true })
  .description('Play a whole operation on this machine: simulated KMS, Lambda and Step Functions, the deployed files, virtual time.')
  .option('--keys <n>', 'how many keys the fleet has', '1000')
  .option('--accounts <n>', 'over how many accounts they are spread (default: those of the fleet file)')
  .option('--seed <text>', 'everything that chance decides follows from it', '1')
  .addOption(new Option('--operation <name>', `what to play: ${OPERATIONS.join(', ')} (default: failover)`))
  .option('--story <name>', 'a whole story with its own signals, people and faults (see below)')
  .option('--fault <name>', 'something that goes wrong, may be repeated', repeated, [])
  .option('--again', 'the same operation once more when the first is over')
  .option('--fleets <file>', 'the fleet file', 'fleets.yaml')
  .option('--fleet <name>', 'the fleet (default: the first of the file)')
  .option('--source <region>', 'the Region to leave (default: the fleet’s home)')
  .option('--target <region>', 'the Region to go to (default: the first standby; given, an operator starts the run)')
  .option('--event <file>', 'an AWS Health event to start with, in JSON')
  .option('--out <folder>', 'where report, evidence, figures and truth are left (default: runs/<fleet>-<operation>-seed-<seed>)')
  .option('--json', 'one JSON document on stdout and nothing else')
  .option('--no-open', 'do not open the report; without this it opens where a person is looking at this machine’s own screen')
  .addHelpText(
    'after',
    `\nStories:\n${storyHelp}\n\nFaults:\n${faultHelp}\n${SETTINGS_SENTENCE}\n\nExit codes: 0 all moved, 1 partly, 2 wrong use, 3 blocked, 4 refused by a guard, 5 our own error; 6, that AWS was not reached, comes of other commands only.\nAll times are simulated seconds.`,
  )
  .action(async (words: SimulateWords) => {
    const story = storyOf(words);
    // Loaded only now, with all of AWS's SDK behind it: help and wrong use are answered at once.
    const { simulate } = await import('./simulate.ts');
    process.exitCode = await simulate(story, words);
  });

addOperatorCommands(program);
addWhyCommand(program);
addDecideCommand(program);
addFleetsCommand(program);
addReportCommand(program);
addVerifyCommand(program);

const complain = (sentences: readonly string[], code: number): void => {
  process.stderr.write(`${sentences.map((sentence) => `${styleText('red', '✗')} ${visible(sentence)}`).join('\n')}\n`);
  process.exitCode = code;
};

// Whoever reads only the beginning (`| head`) closes the pipe: that is no error of ours.
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});

/** A first word that is neither a command nor an option would be taken for one too many of `simulate`. @throws WrongUseError */
const refuseUnknownCommand = (word: string | undefined): void => {
  const names = [...program.commands.map((command) => command.name()), 'help'];
  if (word === undefined || word.startsWith('-') || names.includes(word)) return;
  const meant = nearest(word, names);
  throw new WrongUseError([
    `There is no command named '${word}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`} The commands are ${names.join(', ')}.`,
  ]);
};

/** Commander's own words, as sentences on one line. */
const sentenceOf = ({ message }: CommanderError): string =>
  `${message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '')}. See --help for the options.`;

try {
  refuseUnknownCommand(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  if (error instanceof WrongUseError) complain(error.sentences, EXIT.wrongUse);
  else if (error instanceof RefusedByAwsError) complain(error.sentences, EXIT.refused);
  else if (error instanceof NoAnswerError) complain(error.sentences, EXIT.unknown);
  else if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0;
  else if (error instanceof CommanderError) complain([sentenceOf(error)], EXIT.wrongUse);
  else {
    complain(['This is a bug in mrk-failover, not in what you asked for:'], EXIT.ourError);
    console.error(error);
  }
}
