import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { endpointResolverOf } from './lean/endpoints.ts';
import { withFewErrors } from './lean/errors.ts';
import { NEVER_RUN } from './lean/never-run.ts';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Our own files; anything else in the way of their imports stays as its authors wrote it. */
const OWN_FILE = new RegExp(`^${root.replaceAll('\\', '\\\\').replaceAll('.', '\\.')}(?:core|aws|functions)/.*\\.ts$`);

/** What a rule and a guard are about, in words that only docs/guards.md has. */
const PRINTED = /\b(means|asks): '[^'\n]*'/g;

const CONSTANT = /^const (_\w+) = ("[^"]*");$/gm;

/** Schemas of the SDK have `{ [_hC]: … }`; esbuild must keep what a computed name might do, so that no schema is ever left out. */
const withPlainNames = (text: string): string => {
  const constants = new Map([...text.matchAll(CONSTANT)].map(([, name = '', value = '']) => [name, value]));
  return text.replace(/\[(_\w+)\]:/g, (written, name: string) => (constants.has(name) ? `${constants.get(name)}:` : written));
};

/** A file of a client whose models lie beside its schemas. */
const errorsBeside = (schemas: string): string => readFileSync(join(dirname(schemas), '..', 'models', 'errors.js'), 'utf8');

/**
 * Leaves out of a bundle what a function on Lambda never runs, without changing what it does run. Each rule names a cause that was
 * measured; `npm run bundle-report` shows what remains.
 */
export const lean: Plugin = {
  name: 'lean',
  setup(build) {
    // The namespace object z of "import { z }" keeps all of zod alive; of "import * as z" only what is used. Zod documents both as equal.
    build.onLoad({ filter: OWN_FILE }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace("import { z } from 'zod'", "import * as z from 'zod'").replace(PRINTED, "$1: ''"),
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
    // Of all providers, the one that assumes a role. The others would become files of their own, with all that they export.
    build.onResolve({ filter: /^@aws-sdk\/credential-providers$/ }, () => ({
      path: join(dirname(require.resolve('@aws-sdk/credential-providers/package.json')), 'dist-es', 'fromTemporaryCredentials.js'),
      sideEffects: false,
    }));
    for (const { filter, contents } of NEVER_RUN)
      build.onLoad({ filter }, ({ path }) => ({
        contents: contents(path, readFileSync(path, 'utf8')),
        loader: 'js',
        resolveDir: dirname(path),
      }));
    build.onLoad({ filter: /[/\\]endpoint[/\\]endpointResolver\.js$/ }, ({ path }) => {
      const contents = endpointResolverOf(path);
      return contents === undefined ? undefined : { contents, loader: 'js' };
    });
    // Clients read their own version out of their package.json, and nothing else.
    build.onLoad({ filter: /@aws-sdk[/\\].*package\.json$/ }, ({ path }) => ({
      contents: JSON.stringify({ version: (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version }),
      loader: 'json',
    }));
    build.onLoad({ filter: /[/\\]schemas_0\.js$/ }, ({ path }) => ({
      contents: withFewErrors(withPlainNames(readFileSync(path, 'utf8')), errorsBeside(path)),
      loader: 'js',
      resolveDir: dirname(path),
    }));
  },
};
