import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeySpec, KeyUsageType, KMS } from '@aws-sdk/client-kms';
import { AWAY, HOME, wireFixture } from './wire-server.ts';

const wire = wireFixture();

const MESSAGE = Buffer.from('the same in every Region');
const bytes = (blob: Uint8Array | undefined): Buffer => Buffer.from(blob ?? []);

/** Makes something of the message with a key in one Region, and says what another Region makes of that. */
type Use = (one: KMS, other: KMS, KeyId: string) => Promise<unknown>;

const encryption =
  (EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' | 'RSAES_OAEP_SHA_256'): Use =>
  async (one, other, KeyId) => {
    const { CiphertextBlob } = await one.encrypt({ KeyId, Plaintext: MESSAGE, EncryptionAlgorithm });
    const opened = await other.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm });
    return { text: bytes(opened.Plaintext).toString(), by: opened.KeyId };
  };

const signing: Use = async (one, other, KeyId) => {
  const { Signature } = await one.sign({ KeyId, Message: MESSAGE, SigningAlgorithm: 'ECDSA_SHA_256' });
  const verified = await other.verify({ KeyId, Message: MESSAGE, Signature, SigningAlgorithm: 'ECDSA_SHA_256' });
  return { valid: verified.SignatureValid, by: verified.KeyId };
};

const authentication: Use = async (one, other, KeyId) => {
  const { Mac } = await one.generateMac({ KeyId, Message: MESSAGE, MacAlgorithm: 'HMAC_SHA_256' });
  const verified = await other.verifyMac({ KeyId, Message: MESSAGE, Mac, MacAlgorithm: 'HMAC_SHA_256' });
  return { valid: verified.MacValid, by: verified.KeyId };
};

const agreement: Use = async (one, other, KeyId) => {
  const { PublicKey } = await one.getPublicKey({ KeyId });
  const here = await one.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey });
  const there = await other.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey });
  return { same: bytes(here.SharedSecret).equals(bytes(there.SharedSecret)), by: there.KeyId };
};

interface UsageCase {
  readonly KeySpec: KeySpec;
  readonly KeyUsage: KeyUsageType;
  readonly use: Use;
  readonly result: Readonly<Record<string, unknown>>;
}

const USAGES: readonly UsageCase[] = [
  { KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', use: encryption('SYMMETRIC_DEFAULT'), result: { text: MESSAGE.toString() } },
  { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT', use: encryption('RSAES_OAEP_SHA_256'), result: { text: MESSAGE.toString() } },
  { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', use: signing, result: { valid: true } },
  { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', use: authentication, result: { valid: true } },
  { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT', use: agreement, result: { same: true } },
];

const view = async (client: KMS, KeyId: string) => {
  const { KeyMetadata } = await client.describeKey({ KeyId });
  const { MultiRegionKeyType: role, PrimaryKey: primary } = KeyMetadata?.MultiRegionConfiguration ?? {};
  return { state: KeyMetadata?.KeyState, role, primary: primary?.Region };
};

describe('The SDK over HTTP', () => {
  for (const { KeySpec, KeyUsage, use, result } of USAGES) {
    it(`moves a key for ${KeyUsage} with ${KeySpec}, and uses it in both Regions all the while`, async () => {
      const [home, away] = [wire.at(HOME), wire.at(AWAY)];
      const { KeyMetadata } = await home.createKey({ KeySpec, KeyUsage, MultiRegion: true });
      const KeyId = KeyMetadata?.KeyId ?? '';
      const inAway = { ...result, by: `arn:aws:kms:${AWAY}:111122223333:key/${KeyId}` };
      await home.replicateKey({ KeyId, ReplicaRegion: AWAY });
      assert.deepEqual(await view(away, KeyId), { state: 'Creating', role: 'REPLICA', primary: HOME });
      assert.deepEqual(await view(away, KeyId), { state: 'Enabled', role: 'REPLICA', primary: HOME });

      assert.deepEqual(await use(home, away, KeyId), inAway);
      await home.updatePrimaryRegion({ KeyId, PrimaryRegion: AWAY });
      assert.deepEqual(await view(home, KeyId), { state: 'Updating', role: 'REPLICA', primary: AWAY });
      assert.deepEqual(await use(home, away, KeyId), inAway);

      assert.deepEqual(await view(away, KeyId), { state: 'Enabled', role: 'PRIMARY', primary: AWAY });
      assert.deepEqual(await use(home, away, KeyId), inAway);
      await assert.rejects(home.updatePrimaryRegion({ KeyId, PrimaryRegion: AWAY }), {
        name: 'KMSInvalidStateException',
        message: `arn:aws:kms:${HOME}:111122223333:key/${KeyId} is not a multi-Region primary key.`,
      });
    });
  }

  it('is told by STS who it is, as Terraform’s provider asks', async () => {
    const form = 'Action=GetCallerIdentity&Version=2011-06-15';
    const authorization = `AWS4-HMAC-SHA256 Credential=444455556666/20260101/${HOME}/sts/aws4_request, SignedHeaders=host, Signature=0`;

    const known = await wire.send({ headers: { authorization }, body: form });
    const other = await wire.send({ headers: { authorization }, body: 'Action=AssumeRole' });

    assert.deepEqual([known.status, known.headers['content-type']], [200, 'text/xml']);
    assert.match(known.text, /<Account>444455556666<\/Account>/);
    assert.match(known.text, /<Arn>arn:aws:sts::444455556666:assumed-role\/[^<]+<\/Arn>/);
    assert.equal(other.status, 400);
    assert.match(other.text, /<Code>InvalidAction<\/Code>/);
  });
});
