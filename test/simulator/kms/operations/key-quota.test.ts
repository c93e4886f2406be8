import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeKey } from '../../../../simulator/kms/keys/make-key.ts';
import { Shelf } from '../../../../simulator/kms/keys/shelf.ts';
import { requireRoomForKey } from '../../../../simulator/kms/operations/key-quota.ts';
import { ACCOUNT, SOURCE } from '../kms-world.ts';

describe('The quota of keys', () => {
  it('is 100,000 of an account in a Region', () => {
    const shelf = new Shelf(ACCOUNT, SOURCE);
    const identity = { account: ACCOUNT, keyId: 'any', multiRegion: true, origin: 'AWS_KMS' } as const;
    const spec = { keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' } as const;
    const key = makeKey('secret', { ...identity, ...spec }, SOURCE, { sinceMs: 0, description: '', tags: {}, policy: '{}' });
    for (let count = 1; count < 100_000; count += 1) shelf.keys.set(`${count}`, key);
    assert.doesNotThrow(() => requireRoomForKey(shelf));

    shelf.keys.set('the last', key);

    assert.throws(() => requireRoomForKey(shelf), {
      name: 'LimitExceededException',
      message: `Account ${ACCOUNT} has 100000 keys in ${SOURCE} already, which is its quota.`,
    });
    shelf.keys.delete('1');
    assert.doesNotThrow(() => requireRoomForKey(shelf));
  });
});
