import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Our own files; anything else in the way of their imports stays as its authors wrote it. */
const OWN_FILE = new RegExp(`^${root.replaceAll('\\', '\\\\').replaceAll('.', '\\.')}(?:core|aws|functions)/.*\\.ts$`);

const CONSTANT = /^const (_\w+) = ("[^"]*");$/gm;

/** Schemas of the SDK have `{ [_hC]: … }`; esbuild must keep what a computed name might do, so that no schema is ever left out. */
const withPlainNames = (text: string): string => {
  const constants = new Map([...text.matchAll(CONSTANT)].map(([, name = '', value = '']) => [name, value]));
  return text.replace(/\[(_\w+)\]:/g, (written, name: string) => (constants.has(name) ? `${constants.get(name)}:` : written));
};

const refusal = (path: string): string => {
  const sentence = `${path} was left out of this bundle, because no function of mrk-failover uses it.`;
  return `const refuse = () => { throw new Error(${JSON.stringify(sentence)}); };`;
};

/** Every export of a module by its name, as a function whose result throws when it is used. */
const refusing = (path: string): string => {
  const names = [...readFileSync(path, 'utf8').matchAll(/^export (?:const|function) (\w+)|^export \{ \w+ as (\w+) \}/gm)];
  return [
    refusal(basename(path)),
    ...names.map(([, name, alias]) => (alias === undefined ? `export const ${name} = () => refuse;` : `export { refuse as ${alias} };`)),
  ].join('\n');
};

/** Modules that are loaded with others, and never run on Lambda. */
const NEVER_RUN: ReadonlyArray<{ readonly filter: RegExp; readonly contents: (path: string) => string }> = [
  { filter: /[/\\]zod[/\\]v4[/\\]core[/\\](?:to-json-schema|json-schema-processors)\.js$/, contents: refusing },
  // A client of S3 is made with a reader for the events that some operations stream.
  {
    filter: /[/\\]event-streams[/\\]index\.js$/,
    contents: () =>
      [
        refusal('event-streams'),
        "export { resolveEventStreamSerdeConfig } from './eventstream-serde-config-resolver/EventStreamSerdeConfig';",
        'export const eventStreamSerdeProvider = () => refuse;',
        'export class EventStreamSerde { constructor() { refuse(); } }',
      ].join('\n'),
  },
  // The SDK's own cache keeps the endpoints that a service told; this one keeps none, so that each call would ask again.
  {
    filter: /@aws-sdk[/\\]endpoint-cache[/\\].+[/\\]EndpointCache\.js$/,
    contents: () => 'export class EndpointCache { getEndpoint() {} get() {} set() {} delete() {} has() { return false; } clear() {} }',
  },
];

/**
 * Leaves out of a bundle what a function on Lambda never runs, without changing what it does run. Each rule names a cause that was
 * measured; `npm run bundle-report` shows what remains.
 */
export const lean: Plugin = {
  name: 'lean',
  setup(build) {
    // The namespace object z of "import { z }" keeps all of zod alive; of "import * as z" only what is used. Zod documents both as equal.
    build.onLoad({ filter: OWN_FILE }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace("import { z } from 'zod'", "import * as z from 'zod'"),
      loader: 'ts',
    }));
    // Files, prompts and instance metadata are places for credentials too, but Lambda gives them in the environment.
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials-of-lambda',
      namespace: 'lean',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /^credentials-of-lambda$/, namespace: 'lean' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: String(pluginData),
    }));
    // Nobody here subscribes to a stream of events, lets a table tell its endpoints, or writes a JSON schema.
    for (const { filter, contents } of NEVER_RUN)
      build.onLoad({ filter }, ({ path }) => ({ contents: contents(path), loader: 'js', resolveDir: dirname(path) }));
    // The modules of the same code that browsers get, of which what is not used can be left out.
    build.onResolve({ filter: /^yaml$/ }, () => ({
      path: require.resolve('yaml/package.json').replace('package.json', 'browser/dist/index.js'),
      sideEffects: false,
    }));
    // Clients read their own version out of their package.json, and nothing else.
    build.onLoad({ filter: /@aws-sdk[/\\].*package\.json$/ }, ({ path }) => ({
      contents: JSON.stringify({ version: (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version }),
      loader: 'json',
    }));
    build.onLoad({ filter: /[/\\]schemas_0\.js$/ }, ({ path }) => ({ contents: withPlainNames(readFileSync(path, 'utf8')), loader: 'js' }));
  },
};
