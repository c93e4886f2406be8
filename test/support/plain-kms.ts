import type { KeyRef } from '../../core/key/key.ts';
import type { Kms } from '../../core/ports/kms.ts';
import type { Region } from '../../core/region.ts';
import { failing, viewOf } from './keys.ts';

/** A promotion as it was sent. */
export interface Promotion {
  readonly keyId: string;
  readonly from: Region;
  readonly to: Region;
}

/** KMS without any of its unkindness, for tests that are about something else: symmetric keys, and promotions that are done at once. */
export const plainKms = (keys: readonly KeyRef[], regions: readonly Region[]) => {
  const [home] = regions;
  if (home === undefined) throw new Error('Expected at least one Region.');
  const primaries = new Map(keys.map(({ keyId }) => [keyId, home]));
  const promotions: Promotion[] = [];
  const viewIn = (keyId: string, at: Region) => viewOf(at, { primaryRegion: primaries.get(keyId) ?? home, regions });
  const kms: Kms = {
    describe: async ({ keyId, region }) => viewIn(keyId, region),
    probe: async ({ keyId, region }) => viewIn(keyId, region),
    promote: async ({ keyId, region }, target) => {
      promotions.push({ keyId, from: region, to: target });
      if (primaries.get(keyId) !== region) return failing('not-primary');
      primaries.set(keyId, target);
      return { kind: 'accepted', requestId: `request-${promotions.length}` };
    },
    encrypt: async (_, plaintext) => ({ kind: 'ciphertext', ciphertext: Buffer.from(plaintext).toString('base64') }),
    decrypt: async (_, ciphertext) => ({ kind: 'plaintext', plaintext: Buffer.from(ciphertext, 'base64').toString() }),
    publicKeyDigest: async () => ({ kind: 'digest', digest: '0' }),
    rehearse: async () => ({ kind: 'allowed' }),
    signAndVerify: async () => ({ kind: 'valid' }),
    rotation: async () => ({ kind: 'rotation', running: false }),
    listKeys: async () => ({ kind: 'listed', keyIds: keys.map(({ keyId }) => keyId), complete: true }),
    listAliases: async () => ({ kind: 'listed', aliases: new Map(), complete: true }),
    tags: async () => ({ kind: 'tags', tags: {} }),
  };
  return { kms, primaries, promotions };
};
