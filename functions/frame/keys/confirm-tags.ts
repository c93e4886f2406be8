import { selects } from '../../../core/fleet/selects.ts';
import type { FoundKey } from '../../../core/inventory/inventory.ts';
import type { Region } from '../../../core/region.ts';
import { pooled } from '../pooled.ts';
import type { Runtime } from '../runtime.ts';
import { within } from '../within.ts';
import type { Search } from './search.ts';

/** How many keys are asked about one by one. The others stay in the inventory until it is their turn. */
const CONFIRMED_MAX = 200;
const READS_AT_ONCE = 20;
/** A Region that answers needs a tenth of this; what is not known by then stays, too. */
const CONFIRMING_MS_MAX = 8_000;

/**
 * The index of tags is some minutes behind, so what it does not have any more is no proof: KMS is asked for the tags of the keys
 * themselves before any of them is given up.
 * @returns those that stay the fleet's, with the Regions whose tags say so; or none, where a Region did not tell
 */
export const stillTagged = async (
  runtime: Pick<Runtime, 'kms' | 'clock'>,
  { fleet }: Pick<Search, 'fleet'>,
  gone: readonly FoundKey[],
): Promise<readonly FoundKey[]> => {
  if (!('tags' in fleet.keys)) return [];
  const held = gone.filter(({ heldIn }) => heldIn.length > 0);
  const asking = pooled(held.slice(0, CONFIRMED_MAX), READS_AT_ONCE, async (key) => {
    const { account, keyId } = key;
    const replies = await Promise.all(
      key.heldIn.map(async (region) => ({ region, reply: await runtime.kms.tags({ account, keyId, region }) })),
    );
    const listedIn = replies.flatMap(({ region, reply }): Region[] =>
      reply.kind === 'tags' && selects(fleet, { account, keyId, aliases: [], tags: reply.tags }) ? [region] : [],
    );
    const isSure = replies.every(({ reply }) => reply.kind === 'tags');
    return listedIn.length > 0 || !isSure ? [{ ...key, listedIn }] : [];
  });
  const confirmed = asking.then((looks) => [...looks.flat(), ...held.slice(CONFIRMED_MAX)]);
  return within(runtime.clock, CONFIRMING_MS_MAX, confirmed, held);
};
