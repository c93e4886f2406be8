import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { visible } from '../visible.ts';
import { isToOpen } from './is-to-open.ts';

/** A launcher that has no browser says so at once; one that is still there after this has found one, and is left to itself. */
const LAUNCHER_MS_MAX = 500;

/** Opens a page where a person is looking, and does not wait for the browser. One that cannot be started is told on stderr, and no failure. */
export const openPage = async (path: string, { open, json }: { readonly open?: boolean; readonly json?: boolean }): Promise<void> => {
  const isTerminal = process.stdout.isTTY === true && process.stderr.isTTY === true;
  const { env, platform } = process;
  if (!isToOpen({ asked: open, isTerminal, isJson: json === true, env, platform })) return;
  const obstacle = await start(path);
  if (obstacle !== undefined) process.stderr.write(`No browser could be started (${visible(obstacle)}); open ${visible(path)} yourself.\n`);
};

/** @returns why nothing was started, where that is known */
const start = async (path: string): Promise<string | undefined> => {
  try {
    // Loaded only now: most runs open nothing.
    const { default: open } = await import('open');
    return await obstacleOf(await open(resolve(path)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** What the launcher says within a moment, if anything: its exit, when that is a bad one. */
const obstacleOf = async (launcher: ChildProcess): Promise<string | undefined> => {
  const ended = launcher.exitCode ?? (await Promise.race([exitOf(launcher), setTimeout(LAUNCHER_MS_MAX, undefined)]));
  return ended === undefined || ended === 0 ? undefined : `the system’s launcher ended with code ${ended}`;
};

const exitOf = async (launcher: ChildProcess): Promise<number | undefined> => {
  const [code] = await once(launcher, 'exit');
  return typeof code === 'number' ? code : undefined;
};
