import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { keyView } from '../../../aws/kms/view.ts';
import { mrk } from '../../support/fleet.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';

const related = (Region: string) => ({ Region, Arn: `arn:aws:kms:${Region}:111122223333:key/${mrk('1')}` });

/** As KMS described a former primary right after its promotion. */
const metadata: KeyMetadata = {
  KeyId: mrk('1'),
  Enabled: false,
  KeyState: 'Updating',
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeySpec: 'SYMMETRIC_DEFAULT',
  EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
  MultiRegion: true,
  MultiRegionConfiguration: {
    MultiRegionKeyType: 'REPLICA',
    PrimaryKey: related('us-west-2'),
    ReplicaKeys: [related('ap-east-1'), related('us-east-1')],
  },
};

describe('What a Region says of a key', () => {
  it('is told by its state, its role and the Regions that it names, the primary’s first', () => {
    assert.deepEqual(keyView(SOURCE, metadata), {
      kind: 'seen',
      region: SOURCE,
      state: 'Updating',
      usage: 'ENCRYPT_DECRYPT',
      spec: 'SYMMETRIC_DEFAULT',
      multiRegion: true,
      role: 'REPLICA',
      primaryRegion: TARGET,
      regions: ['us-west-2', 'ap-east-1', 'us-east-1'],
      algorithms: ['SYMMETRIC_DEFAULT'],
    });
  });

  it('of a key that was never replicated is its one Region', () => {
    const lone = { MultiRegionKeyType: 'PRIMARY' as const, PrimaryKey: related('us-east-1'), ReplicaKeys: [] };

    const { role, regions } = keyView(SOURCE, { ...metadata, MultiRegionConfiguration: lone });

    assert.deepEqual([role, regions], ['PRIMARY', ['us-east-1']]);
  });

  it('tells when imported key material expires there, where it does', () => {
    const imported = { ...metadata, Origin: 'EXTERNAL' as const };
    const ValidTo = new Date('2026-12-01T00:00:00Z');

    assert.equal(keyView(SOURCE, { ...imported, ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo }).materialExpiresAt, ValidTo.getTime());
    assert.equal('materialExpiresAt' in keyView(SOURCE, { ...imported, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }), false);
  });

  it('of a single-Region key has no role and no primary', () => {
    const { MultiRegionConfiguration: _, ...single } = metadata;

    const view = keyView(SOURCE, { ...single, MultiRegion: false });

    assert.deepEqual([view.multiRegion, view.regions, 'role' in view, 'primaryRegion' in view], [false, [], false, false]);
  });

  for (const lists of [{ SigningAlgorithms: ['ECDSA_SHA_256'] }, { MacAlgorithms: ['HMAC_SHA_256'] }] satisfies Partial<KeyMetadata>[]) {
    it(`names the algorithms of a key that has ${Object.keys(lists)}`, () => {
      const { EncryptionAlgorithms: _, ...rest } = metadata;

      assert.deepEqual(keyView(SOURCE, { ...rest, ...lists }).algorithms, Object.values(lists).flat());
    });
  }
});
