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

/** What the SDK would load elsewhere, and never on Lambda: a browser's name. */
const NEVER_LOADED: readonly string[] = ['bowser'];

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
    external: [...NEVER_LOADED],
    metafile: true,
    plugins: [withoutPorts(name), lean],
    logLevel: 'error',
    absWorkingDir: root,
  });
  return { folder, metafile };
};
