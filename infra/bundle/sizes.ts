import { basename } from 'node:path';
import type { Metafile } from 'esbuild';
import { ENTRY } from './entry.ts';

/** What Lambda reads before the first event, and what a function reads only when it needs it, in bytes. */
export interface Sizes {
  readonly atStart: number;
  readonly onDemand: number;
}

/** @throws when the bundle has no entry */
export const sizesOf = ({ outputs }: Metafile): Sizes => {
  const entry = Object.keys(outputs).find((path) => basename(path) === ENTRY);
  if (entry === undefined) throw new Error(`Expected a file ${ENTRY} in the bundle; got ${Object.keys(outputs).join(', ')}.`);
  const started = new Set<string>();
  const follow = (path: string): void => {
    if (started.has(path)) return;
    started.add(path);
    for (const { path: next, kind, external } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) follow(next);
  };
  follow(entry);
  const bytesOf = (paths: readonly string[]): number => paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { atStart: bytesOf([...started]), onDemand: bytesOf(Object.keys(outputs).filter((path) => !started.has(path))) };
};
