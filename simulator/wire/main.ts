#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { WallClock } from '../clock/wall-clock.ts';
import { readWireWords, type WireWords } from './options.ts';
import { HOST, startServer } from './server.ts';
import { DEFAULT_ACCOUNTS, DEFAULT_REGIONS, type WireSettings } from './settings.ts';
import { createWireWorld } from './wire-world.ts';

const WRONG_USE = 2;

const complain = (sentences: readonly string[]): void => {
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exitCode = WRONG_USE;
};

const onBug = (error: unknown): void => console.error('This is a bug of the simulator; it goes on serving:', error);

const serve = async (settings: WireSettings): Promise<void> => {
  const clock = new WallClock(onBug);
  const world = createWireWorld(settings, clock);
  try {
    const server = await startServer({ world, clock, port: settings.port, onBug });
    const { accounts, regions, seed, unkindness } = settings;
    const whose =
      accounts.length === 1 ? `account ${accounts[0]}` : `${accounts.length} accounts, ${accounts[0]} unless the access key is another`;
    process.stdout.write(
      `KMS of ${regions.length} ${regions.length === 1 ? 'Region' : 'Regions'} (${whose}) listens on http://${HOST}:${server.port}, seed ${seed}, ${unkindness}. Ctrl-C stops it.\n`,
    );
    const stop = () => void server.close().then(() => clock.stop());
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    clock.stop();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      complain([`--port: port ${settings.port} of ${HOST} is in use; stop what listens there, or choose another (0 takes any free one).`]);
    else if (code === 'EACCES') complain([`--port: this user may not listen on port ${settings.port}; choose one above 1023.`]);
    else throw error;
  }
};

const program = new Command('simulator')
  .description('Serves a simulated AWS KMS, all Regions on one port of 127.0.0.1, for the AWS CLI and every SDK.')
  .option('--port <n>', 'the port; 0 takes any free one', '4599')
  .option('--seed <text>', 'everything that chance decides follows from it', '1')
  .option(
    '--accounts <list>',
    'the accounts, with commas between; an access key of twelve digits is its account, any other the first',
    DEFAULT_ACCOUNTS.join(','),
  )
  .option('--regions <list>', 'the Regions, with commas between', DEFAULT_REGIONS.join(','))
  .option('--kind', 'no waiting at all but 1 s for changes to settle, and quotas as bursts of a whole second')
  .option('--unkind', 'latency, old reads, slow and doubtful changes: the whole of what KMS may do (default: lawful, but quick)')
  .exitOverride()
  .configureOutput({ writeErr: () => undefined })
  .addHelpText(
    'after',
    '\nThe control path is under /_simulator; simulator/README.md tells how to use it all.\nExit codes: 0 stopped, 2 wrong use.',
  )
  .action(async (words: WireWords) => {
    const settings = readWireWords(words);
    if ('port' in settings) await serve(settings);
    else complain(settings);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) process.exitCode = 0;
  else complain([`${error.message.replace(/^error: |\.$/g, '')}. See --help for the options.`]);
}
