import type { Command } from 'commander';
import { readFleetFile } from './options.ts';

/** Adds `fleets`: the fleet file as functions read it, for a change that takes no deployment. */
export const addFleetsCommand = (program: Command): void => {
  program
    .command('fleets')
    .description('Check a fleet file, and print it in JSON, as the functions read it.')
    .argument('[file]', 'the fleet file', 'fleets.yaml')
    .addHelpText(
      'after',
      `
mrk-failover fleets > fleets.json && aws s3 cp fleets.json s3://<working bucket>/config/fleets.json
Whether the file fits deployment.yaml as well is looked at by npm run synth.

Exit codes: 0 the file is right, 2 it is wrong or cannot be read (nothing is printed on stdout).`,
    )
    .action((file: string) => {
      process.stdout.write(readFleetFile(file).json);
    });
};
