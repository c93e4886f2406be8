import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import type { FunctionName } from '../../core/limits.ts';
import { lean } from './lean.ts';
import { withoutPorts } from './without-ports.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One function's bundle: the file that Lambda loads, and those that it loads when it needs them. */
export interface Bundle {
  readonly folder: string;
  readonly metafile: Metafile;
}

/** CommonJS packages call `require` for Node's own modules; ESM has none unless it is made. */
const REQUIRE = "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** What the SDK would load elsewhere, and never on Lambda: a browser's name, and credentials from anywhere but the environment and STS. */
const NEVER_LOADED: readonly string[] = [
  'bowser',
  '@aws-sdk/credential-provider-cognito-identity',
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/nested-clients/cognito-identity',
  '@aws-sdk/nested-clients/signin',
  '@aws-sdk/nested-clients/sso',
  '@aws-sdk/nested-clients/sso-oidc',
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
];

/** Bundles one function, offline: ESM for Node 24, minified, what is not needed at the start in files of its own. */
export const bundle = async (name: FunctionName, folder: string): Promise<Bundle> => {
  const { metafile } = await build({
    entryPoints: { index: join(root, 'functions', name, 'handler.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    banner: { js: REQUIRE },
    external: [...NEVER_LOADED],
    metafile: true,
    plugins: [withoutPorts(name), lean],
    logLevel: 'error',
    absWorkingDir: root,
  });
  return { folder, metafile };
};
