import { type Answer, json } from '../answer.ts';
import type { WireWorld } from '../wire-world.ts';
import { readJson } from './read-json.ts';
import { keysBody } from './schemas.ts';

/** Puts keys in place, settled and past every quota, so that a test need not wait for 5 CreateKey a second. */
export const plantKeys = ({ kms, settings }: WireWorld, body: Buffer): Answer => {
  const read = readJson(keysBody, body);
  if (read.kind === 'wrong') return json(400, { sentences: read.sentences });
  const keyIds: string[] = [];
  try {
    for (const { account = settings.accounts[0] ?? '', aliases = [], tags = {}, ...seed } of read.value.keys)
      keyIds.push(kms.seedKey({ ...seed, account, aliases, tags }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const stand = keyIds.length === 0 ? 'No key was made.' : `The ${keyIds.length} before it were made: ${keyIds.join(', ')}.`;
    return json(400, { sentences: [`keys[${keyIds.length}]: ${error.message} ${stand}`] });
  }
  return json(201, { keyIds });
};
