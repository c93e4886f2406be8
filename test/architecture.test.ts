import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importCircles } from './support/import-circles.ts';
import { codeOf, importsOf, type SourceFile, sourceFiles } from './support/source-files.ts';

const LAYERS = ['core', 'aws', 'functions', 'statemachine', 'simulator', 'cli', 'bench', 'infra', 'scripts', 'test'] as const;
type Layer = (typeof LAYERS)[number];

/** What the files of a folder may import from the project. `own` is the second folder of the path: functions/plan. */
const MAY_IMPORT: Readonly<Record<Layer, readonly string[]>> = {
  core: ['core'],
  aws: ['aws', 'core'],
  functions: ['core', 'functions/frame', 'own'],
  statemachine: ['statemachine', 'core', 'simulator/asl'],
  simulator: ['simulator', 'core', 'aws', 'functions', 'statemachine'],
  cli: ['cli', 'core', 'aws', 'functions', 'simulator', 'statemachine'],
  bench: ['bench', 'core', 'functions', 'simulator'],
  infra: ['infra', 'core', 'functions', 'aws', 'statemachine'],
  scripts: [...LAYERS],
  test: [...LAYERS],
};

/** The one file that makes a function's runtime out of AWS. */
const COMPOSITION = 'functions/frame/from-environment.ts';

/** Evaluates IAM under the AGPL, for tests and for the simulator's keys: docs/decisions/0013-iam-simulate-is-for-tests-only.md. */
const UNDER_AGPL = '@cloud-copilot/';
const MAY_USE_AGPL = ['test', 'simulator/kms/authorization'];

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const isPackage = (name: string): boolean => !LAYERS.some((layer) => isWithin(name, layer)) && !name.includes('.json');

const forbiddenInProject = (file: SourceFile, imported: string): string | undefined => {
  const layer = LAYERS.find((name) => isWithin(file.path, name)) ?? assert.fail(`${file.path} lies in no known folder.`);
  const own = file.path.split('/').slice(0, 2).join('/');
  const allowed = [...new Set(MAY_IMPORT[layer].map((folder) => (folder === 'own' ? own : folder)))];
  const composes = file.path === COMPOSITION && isWithin(imported, 'aws');
  if (composes || allowed.some((folder) => isWithin(imported, folder))) return undefined;
  return `${file.path} imports ${imported}; it may import from ${allowed.join(', ')} only.`;
};

const forbiddenPackage = (file: SourceFile, imported: string): string | undefined => {
  const isAws = /^@(aws-sdk|smithy)\//.test(imported);
  const isNode = imported.startsWith('node:');
  if (isWithin(file.path, 'core') && (isAws || (isNode && imported !== 'node:crypto')))
    return `${file.path} imports ${imported}; core knows no AWS, and of Node nothing but node:crypto.`;
  if (isWithin(file.path, 'functions') && isAws && file.path !== COMPOSITION)
    return `${file.path} imports ${imported}; functions reach AWS through the ports, and only ${COMPOSITION} makes these.`;
  if (imported.startsWith(UNDER_AGPL) && !MAY_USE_AGPL.some((folder) => isWithin(file.path, folder)))
    return `${file.path} imports ${imported}; it is under the AGPL, and only ${MAY_USE_AGPL.join(' and ')} may use it.`;
  return undefined;
};

/** Sentences about what a file imports and may not. */
const wrongImports = (file: SourceFile): string[] =>
  importsOf(file).flatMap(
    (imported) => (isPackage(imported) ? forbiddenPackage(file, imported) : forbiddenInProject(file, imported)) ?? [],
  );

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  readonly why: string;
  readonly appliesTo: (path: string) => boolean;
}

const inCore = (path: string): boolean => isWithin(path, 'core');
const timersOf = ['aws/clock', 'simulator', 'cli', 'bench/virtual-timers.ts', 'test/simulator'];

const BANS: readonly Ban[] = [
  { what: 'Date.now', pattern: /\bDate\.now\b/, why: 'core asks the clock that it is given', appliesTo: inCore },
  { what: 'new Date()', pattern: /\bnew Date\(\s*\)/, why: 'core asks the clock that it is given', appliesTo: inCore },
  { what: 'Math.random', pattern: /\bMath\.random\b/, why: 'core draws from the chance that it is given', appliesTo: inCore },
  { what: 'process', pattern: /\bprocess\s*[.[]/, why: 'core knows no environment', appliesTo: inCore },
  {
    what: 'a timer',
    pattern: /\b(?:setTimeout|setInterval)\b/,
    why: 'waiting is the clock’s business',
    appliesTo: (path) => !timersOf.some((folder) => isWithin(path, folder)),
  },
  {
    what: 'the index of tags',
    pattern: /\bruntime\.tagging\b/,
    why: 'in a Region in trouble nothing but KMS is asked for, so only the refresh of inventories asks the index, in quiet times',
    appliesTo: (path) => isWithin(path, 'functions') && path !== 'functions/trigger/refresh-inventories.ts',
  },
];

/** Sentences about what a file uses and may not. */
const wrongUses = ({ path, text }: SourceFile): string[] =>
  BANS.filter((ban) => ban.appliesTo(path) && ban.pattern.test(codeOf(text))).map(({ what, why }) => `${path} uses ${what}; ${why}.`);

/** This file names what it bans. */
const files = LAYERS.flatMap(sourceFiles).filter(({ path }) => path !== 'test/architecture.test.ts');

describe('The files of the project', () => {
  for (const layer of LAYERS) {
    it(`import from ${layer} what its folder may import`, () => {
      assert.deepEqual(files.filter(({ path }) => isWithin(path, layer)).flatMap(wrongImports), []);
    });
  }

  it('import no file that leads back to them, not even for a type', () => assert.deepEqual(importCircles(files), []));

  it('take time, chance and environment from where they are given', () => assert.deepEqual(files.flatMap(wrongUses), []));

  it('are not shipped with what is under the AGPL: it is a dependency of development alone', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const ofIt = (names: object) => Object.keys(names).filter((name) => name.startsWith(UNDER_AGPL));
    assert.deepEqual([ofIt(dependencies), ofIt(devDependencies).length > 0], [[], true]);
  });

  it('are all read: a project without a core would pass every check', () => {
    for (const layer of ['core', 'aws', 'functions', 'statemachine', 'simulator', 'test'])
      assert.ok(files.filter(({ path }) => isWithin(path, layer)).length > 5, layer);
  });

  it('lead from a function to another nowhere, but through the state machine', () => {
    const handlers = files.filter(({ path }) => /^functions\/(?!frame\/)[a-z-]+\/handler\.ts$/.test(path)).map(({ path }) => path);
    const importers = files
      .filter((file) => importsOf(file).some((imported) => handlers.includes(imported)))
      .map(({ path }) => path.split('/')[0]);

    assert.ok(handlers.length >= 8, String(handlers));
    assert.deepEqual(
      [...new Set(importers)].filter((layer) => layer === 'functions' || layer === 'core' || layer === 'aws'),
      [],
    );
  });
});

it('A circle of imports is told by its way', () => {
  const file = (name: string, imported: string): SourceFile => ({
    path: `core/${name}.ts`,
    text: `import type { X } from './${imported}.ts';`,
  });
  assert.deepEqual(importCircles([file('a', 'b'), file('b', 'c'), file('c', 'b'), file('d', 'a')]), ['core/b.ts → core/c.ts → core/b.ts']);
});

const violations: ReadonlyArray<{ path: string; text: string; complaint: string }> = [
  {
    path: 'core/key/key.ts',
    text: "import { createKms } from '../../aws/kms/kms.ts';",
    complaint: 'core/key/key.ts imports aws/kms/kms.ts; it may import from core only.',
  },
  {
    path: 'core/key/key.ts',
    text: "import {\n  type KeyMetadata,\n} from '@aws-sdk/client-kms';",
    complaint: 'core/key/key.ts imports @aws-sdk/client-kms; core knows no AWS, and of Node nothing but node:crypto.',
  },
  {
    path: 'core/region.ts',
    text: "const fs = await import('node:fs');",
    complaint: 'core/region.ts imports node:fs; core knows no AWS, and of Node nothing but node:crypto.',
  },
  {
    path: 'functions/plan/plan.ts',
    text: "export { poll } from '../poll/poll.ts';",
    complaint: 'functions/plan/plan.ts imports functions/poll/poll.ts; it may import from core, functions/frame, functions/plan only.',
  },
  {
    path: 'functions/frame/item.ts',
    text: "import type { Place } from '../../aws/kms/clients.ts';",
    complaint: 'functions/frame/item.ts imports aws/kms/clients.ts; it may import from core, functions/frame only.',
  },
  {
    path: 'functions/poll/poll.ts',
    text: "import { KMSClient } from '@aws-sdk/client-kms';",
    complaint:
      'functions/poll/poll.ts imports @aws-sdk/client-kms; functions reach AWS through the ports, and only functions/frame/from-environment.ts makes these.',
  },
  {
    path: 'infra/member/statements.ts',
    text: "import { runSimulation } from '@cloud-copilot/iam-simulate';",
    complaint:
      'infra/member/statements.ts imports @cloud-copilot/iam-simulate; it is under the AGPL, and only test and simulator/kms/authorization may use it.',
  },
  {
    path: 'aws/kms/kms.ts',
    text: "import { KmsSimulator } from '../../simulator/kms/kms-simulator.ts';",
    complaint: 'aws/kms/kms.ts imports simulator/kms/kms-simulator.ts; it may import from aws, core only.',
  },
  {
    path: 'core/run/name.ts',
    text: 'const now = Date.now();',
    complaint: 'core/run/name.ts uses Date.now; core asks the clock that it is given.',
  },
  {
    path: 'core/run/name.ts',
    text: 'const now = new Date();',
    complaint: 'core/run/name.ts uses new Date(); core asks the clock that it is given.',
  },
  {
    path: 'core/run/name.ts',
    text: 'Math.random()',
    complaint: 'core/run/name.ts uses Math.random; core draws from the chance that it is given.',
  },
  { path: 'core/run/name.ts', text: 'process.env.HOME', complaint: 'core/run/name.ts uses process; core knows no environment.' },
  {
    path: 'functions/poll/poll.ts',
    text: 'setTimeout(poll, 3_000);',
    complaint: 'functions/poll/poll.ts uses a timer; waiting is the clock’s business.',
  },
];

describe('The check of the files', () => {
  for (const { complaint, ...file } of violations)
    it(`says "${complaint}"`, () => assert.deepEqual([...wrongImports(file), ...wrongUses(file)], [complaint]));

  it('says nothing of what is allowed', () => {
    const allowed: readonly SourceFile[] = [
      { path: 'core/run/name.ts', text: "import { createHash } from 'node:crypto';\nimport { z } from 'zod';\nnew Date(0);" },
      {
        path: COMPOSITION,
        text: "import { S3Client } from '@aws-sdk/client-s3';\nimport { createS3Store } from '../../aws/store/s3-store.ts';",
      },
      { path: 'simulator/world/world.ts', text: "import definition from '../../statemachine/failover.asl.json' with { type: 'json' };" },
      { path: 'core/ports/clock.ts', text: "// Date.now() is not for core\n/* import '../../aws/x.ts' */" },
      { path: 'aws/clock/system-clock.ts', text: 'setTimeout(resolve, ms)' },
    ];

    assert.deepEqual(
      allowed.flatMap((file) => [...wrongImports(file), ...wrongUses(file)]),
      [],
    );
  });
});
