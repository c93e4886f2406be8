import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
