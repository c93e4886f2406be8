import type { KmsFailure } from '../../../core/key/failure.ts';
import type { Tags } from '../../../core/ports/tagging.ts';
import type { AccountId, Region } from '../../../core/region.ts';
import { pooled } from '../pooled.ts';
import type { Runtime } from '../runtime.ts';

/** How often a key's tags are asked for, beside the client's own second attempt, while there is time. */
const TURNS_MAX = 3;

/** The tags of keys, as KMS tells them one by one. */
interface TagReadings {
  readonly tags: ReadonlyMap<string, Tags>;
  /** Whether every key's tags were read. */
  readonly complete: boolean;
  /** What the last of those failed of that could not be read. */
  readonly failure?: KmsFailure;
}

/**
 * Reads the keys' tags, as many as can be read in the time; those that could not be read are asked for again in a second turn, and a third.
 * @param atOnce how many are read at once
 */
export const readTags = async (
  runtime: Pick<Runtime, 'kms' | 'clock'>,
  { account, region }: { readonly account: AccountId; readonly region: Region },
  keyIds: readonly string[],
  until: number,
  atOnce: number,
): Promise<TagReadings> => {
  const tags = new Map<string, Tags>();
  let failure: KmsFailure | undefined;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const missing = keyIds.filter((keyId) => !tags.has(keyId));
    await pooled(missing, atOnce, async (keyId) => {
      if (runtime.clock.now() >= until) return;
      const reply = await runtime.kms.tags({ account, keyId, region });
      if (reply.kind === 'tags') tags.set(keyId, reply.tags);
      else failure = reply;
    });
  }
  const complete = tags.size === new Set(keyIds).size;
  return { tags, complete, ...(complete || failure === undefined ? {} : { failure }) };
};
