import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfiguration } from './deployment/configuration.ts';
import { keyPolicyStatements } from './member/key-policy-statements.ts';

/** Prints the statements to add to both key policies of a fleet, account by account: `npm run key-policy -- --fleet payments`. */
const { values } = parseArgs({ options: { fleet: { type: 'string' }, 'observe-only': { type: 'boolean', default: false } } });
const configuration = readConfiguration((file) => readFileSync(file, 'utf8'));

const fail = (sentences: readonly string[]): void => {
  for (const sentence of sentences) console.error(sentence);
  process.exitCode = 1;
};

if (configuration.kind === 'wrong') fail(configuration.sentences);
else {
  const names = [...configuration.fleets.keys()].join(', ');
  const fleet = values.fleet === undefined ? undefined : configuration.fleets.get(values.fleet);
  if (fleet === undefined) fail([`Expected --fleet with one of the fleets of fleets.yaml (${names}); got ${values.fleet ?? 'nothing'}.`]);
  else {
    const variant = values['observe-only'] ? 'observe-only' : 'full';
    for (const account of fleet.accounts) {
      console.log(
        `# Account ${account}: to the policy of each key of fleet ${values.fleet}, in ${[fleet.home, ...fleet.standbys].join(', ')}`,
      );
      console.log(JSON.stringify(keyPolicyStatements(fleet, account, variant), null, 2));
    }
  }
}
