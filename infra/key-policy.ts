import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import { serviceStatements } from './control/key.ts';
import { readConfiguration } from './deployment/configuration.ts';
import { keyPolicyStatements } from './member/key-policy-statements.ts';

/**
 * Prints the statements to add to both key policies of a fleet, account by account: `npm run key-policy -- --fleet payments`; or to
 * the policies of keys of the user's own that encrypt the orchestrator's state: `npm run key-policy -- --state`.
 */
const { values } = parseArgs({
  options: { fleet: { type: 'string' }, state: { type: 'boolean', default: false }, 'observe-only': { type: 'boolean', default: false } },
});
const configuration = readConfiguration((file) => readFileSync(file, 'utf8'));

const fail = (sentences: readonly string[]): void => {
  for (const sentence of sentences) console.error(sentence);
  process.exitCode = 1;
};

if (configuration.kind === 'wrong') fail(configuration.sentences);
else if (values.state) {
  const { account, control } = configuration.deployment;
  for (const region of control.regions) {
    console.log(`# Account ${account}: to the policy of the key under encryptionKeys for ${region}`);
    const statements = serviceStatements({ account, region }).map((statement) => statement.toStatementJson());
    console.log(JSON.stringify(new Stack().resolve(statements), null, 2));
  }
} else {
  const names = [...configuration.fleets.keys()].join(', ');
  const fleet = values.fleet === undefined ? undefined : configuration.fleets.get(values.fleet);
  if (fleet === undefined)
    fail([`Expected --state, or --fleet with one of the fleets of fleets.yaml (${names}); got ${values.fleet ?? 'nothing'}.`]);
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
