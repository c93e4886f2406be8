import { writeFileSync } from 'node:fs';
import { GRANTS_FILE, stacksLookedAt } from './grants-file.ts';
import { installation } from './installation.ts';
import { grantsText, writtenGrants } from './written-grants.ts';

/** Writes down what the stacks grant, for whoever changed that on purpose: node test/support/infra/write-grants.ts */
writeFileSync(GRANTS_FILE, grantsText(writtenGrants(stacksLookedAt(installation().stacks))));
