import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../wire/main.ts', import.meta.url));

/** A simulator on the wire in a process of its own. */
interface Served {
  readonly port: number;
  /** Ends it as Ctrl-C would. @returns its exit code, and every line that it said */
  stop(): Promise<{ readonly code: number | null; readonly lines: readonly string[] }>;
}

/** Starts the simulator as `npm run simulator` does, on any free port. @throws when it does not say that it listens */
export const serve = async (words: readonly string[] = []): Promise<Served> => {
  const child = spawn(process.execPath, [MAIN, '--port', '0', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const output = createInterface(child.stdout);
  output.on('line', (line) => lines.push(line));
  await Promise.race([once(output, 'line'), exited]);
  const line = lines[0] ?? '';
  const port = Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? Number.NaN);
  if (Number.isNaN(port)) throw new Error(`The simulator did not say that it listens; it said '${line}'.`);
  return {
    port,
    stop: async () => {
      child.kill('SIGINT');
      const [code] = await exited;
      return { code, lines };
    },
  };
};
