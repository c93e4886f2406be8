import type { Command } from 'commander';
import { type OperatorRight, parseOperatorRequest } from '../../core/operator/requests.ts';
import { EXIT } from '../exit-code.ts';
import { visible } from '../visible.ts';
import { WrongUseError } from '../wrong-use.ts';

const HOURS_DEFAULT = '24';

/** Adds approve, stop, acknowledge and switch: each asks the operator's endpoint, signed with the AWS credentials of the environment. */
export const addOperatorCommands = (program: Command): void => {
  operatorCommand(program, 'approve <decision>', 'Approve a decision that asks for it: its run starts.').action(
    (decision: string, { url, reason }: Words) => ask('approve', url, { decision, reason }),
  );
  operatorCommand(program, 'stop <fleet>', 'Stop the run that holds a fleet: it attempts no further key, and reports.').action(
    (fleet: string, { url, reason }: Words) => ask('stop', url, { fleet, reason }),
  );
  operatorCommand(program, 'acknowledge <fleet>', 'Say that you have looked at a fleet’s last move: its cooldown is over.').action(
    (fleet: string, { url, reason }: Words) => ask('acknowledge', url, { fleet, reason }),
  );
  operatorCommand(program, 'switch <on|off>', 'Throw the stop switch, so that no run starts, or take it back.')
    .option('--fleet <name>', 'for this fleet (default: for all)')
    .option('--hours <n>', 'when on: for how long', HOURS_DEFAULT)
    .action((set: string, { url, reason, fleet, hours = HOURS_DEFAULT }: SwitchWords) =>
      ask('switch', url, { set, reason, ...(fleet === undefined ? {} : { fleet }), ...(set === 'on' ? { hours: hoursOf(hours) } : {}) }),
    );
};

interface Words {
  readonly url?: string;
  readonly reason: string;
}
interface SwitchWords extends Words {
  readonly fleet?: string;
  readonly hours?: string;
}

const operatorCommand = (program: Command, usage: string, description: string): Command =>
  program
    .command(usage)
    .description(description)
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--url <url>', 'the function URL of this right (default: MRK_FAILOVER_<RIGHT>_URL)')
    .addHelpText('after', EXIT_CODES);

const EXIT_CODES = `
Exit codes: 0 done, 2 wrong use, 4 refused, 5 our own error, 6 no credentials, no connection or no answer that can be read: nothing is known
to have been done, and it may be asked again.`;

const hoursOf = (text: string): number => {
  const hours = Number(text);
  if (!Number.isFinite(hours)) throw new WrongUseError([`--hours: expected a number of hours; got "${text}".`]);
  return hours;
};

const ask = async (right: OperatorRight, url: string | undefined, words: object): Promise<void> => {
  const parsed = parseOperatorRequest(right, words);
  if ('problems' in parsed) throw new WrongUseError(parsed.problems);
  // Loaded only now, with the SDK's credential providers behind it.
  const { callOperator, urlVariable } = await import('./call.ts');
  const { status, message } = await callOperator(right, url ?? process.env[urlVariable(right)], parsed.request);
  (status === 200 ? process.stdout : process.stderr).write(`${visible(message)}\n`);
  process.exitCode = exitCodeOf(status);
};

/** 400 is what was asked wrongly; 403, 404 and 409 are a no; everything else is ours. */
const exitCodeOf = (status: number): number => {
  if (status === 200) return EXIT.moved;
  if (status === 400) return EXIT.wrongUse;
  return status === 403 || status === 404 || status === 409 ? EXIT.refused : EXIT.ourError;
};
