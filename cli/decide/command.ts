import type { Command } from 'commander';
import type { Verb } from '../../core/decision/decision.ts';
import { instantOf } from '../../core/signal/date.ts';
import type { Verdict } from '../../core/verdict/verdict.ts';
import { EXIT } from '../exit-code.ts';
import { readFleets } from '../options.ts';
import { visible } from '../visible.ts';
import { WrongUseError } from '../wrong-use.ts';
import { linesOf } from './lines.ts';
import { type Assumptions, replayer } from './replay.ts';
import { expiredInWords, judgedInJson, judgedInWords, tallyInWords } from './words.ts';

interface Words {
  readonly fleets: string;
  readonly now?: string;
  readonly probe?: string;
  readonly json?: boolean;
}

/** Adds `decide`: what would be decided about signals in a file, for people who want to see that before they trust it. */
export const addDecideCommand = (program: Command): void => {
  program
    .command('decide')
    .description('Say what would be decided about signals, and why. Starts nothing, and asks nobody.')
    .argument('<file>', 'the signals: one event in JSON a line, as EventBridge delivers them; - for what is piped in')
    .option('--fleets <file>', 'the fleet file', 'fleets.yaml')
    .option('--now <time>', 'judge every signal at this time, such as 2026-10-20T07:53:00Z (default: the time of its own envelope)')
    .option('--probe <verdicts>', 'what probes find, such as source=degraded,target=healthy (default: unknown)')
    .option('--json', 'one JSON document a line, one for each signal and fleet')
    .addHelpText(
      'after',
      `
The fleets are taken to be at home, with every key ready to move, no switch on, no run under way, and no cooldown. A signal that comes
twice is a duplicate; of an incident for which this replay has started a run, later signals start no other, and for 24 hours neither
do other signals of the same trouble: they join that run.

Exit codes: 0 every line was judged, 2 wrong use, or a line that could not be read (the others are judged all the same).`,
    )
    .action(decide);
};

const decide = async (file: string, words: Words): Promise<void> => {
  const assumptions = assumptionsOf(words);
  const judge = replayer(assumptions);
  const tally = new Map<Verb, number>();
  let lines = 0;
  let unreadable = 0;
  let latest = 0;
  for await (const { text, line } of linesOf(file)) {
    lines += 1;
    const replayed = judge(text, line);
    if (replayed.kind === 'unreadable') {
      unreadable += 1;
      process.stderr.write(`${replayed.problems.map((problem) => `✗ ${visible(`${file}:${line}: ${problem}`)}`).join('\n')}\n`);
      continue;
    }
    latest = Math.max(latest, replayed.at);
    for (const { decision } of replayed.proposals) tally.set(decision, (tally.get(decision) ?? 0) + 1);
    process.stdout.write(`${words.json === true ? judgedInJson(replayed) : judgedInWords(replayed)}\n`);
  }
  if (lines === 0) throw new WrongUseError([`${file} has no signal in it: expected one event in JSON a line.`]);
  for (const sentence of expiredInWords(assumptions.fleets, latest)) process.stderr.write(`! ${sentence}\n`);
  if (words.json !== true) process.stdout.write(`${tallyInWords(tally, unreadable)}\n`);
  if (unreadable > 0) process.exitCode = EXIT.wrongUse;
};

const assumptionsOf = ({ fleets, now, probe }: Words): Assumptions => {
  const moment = now === undefined ? undefined : instantOf(now);
  if (now !== undefined && moment === undefined)
    throw new WrongUseError([`--now: expected a time such as 2026-10-20T07:53:00Z; got "${now}".`]);
  return { fleets: readFleets(fleets), probe: probe === undefined ? {} : probeOf(probe), ...(moment === undefined ? {} : { now: moment }) };
};

const VERDICTS: readonly Verdict[] = ['degraded', 'unreachable', 'healthy', 'unknown'];

const probeOf = (text: string): Assumptions['probe'] => {
  const verdicts: { source?: Verdict; target?: Verdict } = {};
  for (const part of text.split(',')) {
    const [side = '', said, ...more] = part.trim().split('=');
    const verdict = VERDICTS.find((name) => name === said);
    if ((side !== 'source' && side !== 'target') || verdict === undefined || more.length > 0 || verdicts[side] !== undefined)
      throw new WrongUseError([
        `--probe: expected source=<verdict>, target=<verdict> or both with a comma between, a verdict being ${VERDICTS.join(', ')}; got "${text}".`,
      ]);
    verdicts[side] = verdict;
  }
  return verdicts;
};
