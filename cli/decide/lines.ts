import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { WrongUseError } from '../wrong-use.ts';

/** The lines of a file that are not empty, with their numbers counted from 1; `-` is what is piped in. @throws WrongUseError */
export async function* linesOf(path: string): AsyncGenerator<{ readonly text: string; readonly line: number }> {
  const input: Readable = path === '-' ? process.stdin : createReadStream(path, 'utf8');
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      // Editors and exports on Windows begin a file with a mark that is no part of its text.
      const event = line === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (event.trim() !== '') yield { text: event, line };
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new WrongUseError([`The file of signals ${path} cannot be read (${String(error.code)}).`]);
  }
}
