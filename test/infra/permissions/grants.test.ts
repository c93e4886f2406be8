import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { GRANTS_FILE, stacksLookedAt } from '../../support/infra/grants-file.ts';
import { installation } from '../../support/infra/installation.ts';
import { stackNamed } from '../../support/infra/stacks.ts';
import { writtenGrants } from '../../support/infra/written-grants.ts';

const { stacks, control } = installation();
const grants = writtenGrants(stacksLookedAt(stacks));

/** What stands in the file, by name. */
const written = new Map(
  readFileSync(GRANTS_FILE, 'utf8')
    .trimEnd()
    .split('\n\n')
    .map((section) => {
      const [name = '', ...lines] = section.split('\n');
      return [name, lines.map((line) => line.trim())] as const;
    }),
);

const ADVICE = 'If that is meant, write it down: node test/support/infra/write-grants.ts';

// Stories say that what is granted is needed, and tables what it comes to; this says that nothing is granted besides, by no way.
describe('Every statement of every policy stands in grants.txt', () => {
  it('for all that have any', () => assert.deepEqual([...grants.keys()], [...written.keys()], ADVICE));

  for (const [name, lines] of written) it(`of ${name}`, () => assert.deepEqual(grants.get(name), lines, ADVICE));

  it('and the second control Region grants what the first does', () => {
    const swapped = (text: string): string => {
      const [one, two] = ['eu-central-1', 'eu-west-2'];
      return text.replaceAll(/eu-central-1|eu-west-2/g, (region) => (region === one ? two : one));
    };
    const second = writtenGrants([stackNamed(stacks, 'mrk-failover-control-eu-west-2')]);
    const asFirst = new Map([...second].map(([name, lines]) => [swapped(name), lines.map(swapped)]));
    assert.deepEqual([...asFirst].sort(), [...writtenGrants([control])].sort());
  });
});
