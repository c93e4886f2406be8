import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { FUNCTION_TIMEOUT_SECONDS, type FunctionName } from '../core/limits.ts';
import { FLEET_FILE } from '../functions/frame/fleets.ts';
import { buildApp } from './build-app.ts';
import { bundle } from './bundle/bundle.ts';
import { readConfiguration } from './deployment/configuration.ts';
import { fleetFileInWords } from './deployment/fleet-file-in-words.ts';
import { placesInWords } from './deployment/places-in-words.ts';

/**
 * Synthesizes every template into cdk.out, offline, and the fleet file beside them, as functions read it: `npm run synth`, or by
 * way of cdk.json for the CDK's own commands. The files fleets.yaml and deployment.yaml are read from the folder that the command
 * runs in.
 */
const configuration = readConfiguration((file) => readFileSync(file, 'utf8'));
if (configuration.kind === 'wrong') {
  for (const sentence of configuration.sentences) console.error(sentence);
  process.exitCode = 1;
} else {
  const bundles = mkdtempSync(join(tmpdir(), 'mrk-failover-bundles-'));
  const names = Object.keys(FUNCTION_TIMEOUT_SECONDS) as readonly FunctionName[];
  const made = new Map(await Promise.all(names.map(async (name) => [name, await bundle(name, join(bundles, name))] as const)));
  const app = buildApp({
    ...configuration,
    codeOf: (name) => Code.fromAsset(made.get(name)?.folder ?? ''),
    validate: true,
    outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
  });
  const { directory } = app.synth();
  const fleetFile = join(directory, basename(FLEET_FILE));
  writeFileSync(fleetFile, configuration.fleetsJson);
  // On the error stream: the CDK's command keeps the other for itself.
  for (const line of [
    ...placesInWords(configuration.deployment, configuration.fleets),
    ...fleetFileInWords(configuration.deployment, relative('.', fleetFile)),
  ])
    console.error(line);
}
