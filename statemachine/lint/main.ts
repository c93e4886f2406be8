import { readFile } from 'node:fs/promises';
import validate from 'asl-validator';
import { FACTS } from './facts.ts';
import { lintDefinition } from './lint.ts';

const DEFINITION = new URL('../failover.asl.json', import.meta.url);

/** Checks the deployed definition, first as the public validator does, then by our own rules. */
const definition: unknown = JSON.parse(await readFile(DEFINITION, 'utf8'));
const { isValid, errorsText } = validate(Object(structuredClone(definition)));
const sentences = [
  ...(isValid ? [] : [`asl-validator: ${errorsText('\nasl-validator: ')}`]),
  ...lintDefinition(definition, FACTS).map(({ rule, message }) => `${rule}: ${message}`),
];
for (const sentence of sentences) console.error(sentence);
if (sentences.length > 0) process.exitCode = 1;
else console.log('The state machine keeps every rule.');
