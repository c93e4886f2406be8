import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const OWN = ['aws/**/*.ts', 'core/**/*.ts', 'functions/**/*.ts'];

/** Methods by which zod works inside itself. */
const KEPT: readonly string[] = ['check', 'clone', 'parse', 'safeParse', 'refine', 'optional', 'unwrap'];

/** Every name that a file of ours takes from anything with a dot: a method that is not among them is never called on a schema of ours. */
const namesTaken = (): readonly string[] =>
  globSync(OWN, { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\.\s*(\w+)/g)].map(([, name = '']) => name),
  );

/** Taken through another module, a namespace keeps all that it has. */
const UTIL = 'import { util } from "../core/index.js";';
const METHOD = /^ {4}(?:async )?(\w+)\([^)]*\) \{\n(?: {8}.*\n| *\n)*? {4}\},\n/gm;

/**
 * Zod's schemas without the methods that nobody calls: each keeps alive what it would make, from e-mail addresses to intersections.
 * A schema that called one all the same would fail as its bundle is loaded, and each bundle is loaded by a test.
 */
export const withFewMethods = (schemas: string): string => {
  const kept = new Set([...KEPT, ...namesTaken()]);
  const plain = schemas.replace(UTIL, "import * as util from '../core/util.js';").replaceAll('core.util.', 'util.');
  return plain.replace(METHOD, (written, name: string) => (kept.has(name) ? written : ''));
};
