import { createHash } from 'node:crypto';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ListResourceTagsCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import type { KmsFailure } from '../../core/key/failure.ts';
import type { KeyAt, KeyView } from '../../core/key/key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Kms } from '../../core/ports/kms.ts';
import { PROOF_CONTEXT } from '../../core/proof/text.ts';
import { answered } from './answer.ts';
import type { KmsClients } from './clients.ts';
import { listAliases, listKeys } from './listings.ts';
import { rehearse, signAndVerify } from './proof-calls.ts';
import { keyView } from './view.ts';

const base64 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('base64');

/** A key has at most 50 tags, which is one page: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
const TAGS_PER_PAGE = 50;

const described = (client: KMSClient, { keyId, region }: KeyAt): Promise<KeyView | KmsFailure> =>
  answered(
    client.send(new DescribeKeyCommand({ KeyId: keyId })).then(({ KeyMetadata }) => keyView(region, KeyMetadata ?? { KeyId: keyId })),
  );

/** KMS through the AWS SDK. Keys are named by key ID, which is the same and local in every Region. */
export const createKms = (clients: KmsClients, clock: Clock): Kms => ({
  describe: (key) => described(clients.reading(key), key),
  probe: (key) => described(clients.single(key), key),
  promote: (key, target) =>
    answered(
      clients
        .single(key)
        .send(new UpdatePrimaryRegionCommand({ KeyId: key.keyId, PrimaryRegion: target }))
        .then(({ $metadata }) => ({ kind: 'accepted' as const, requestId: $metadata.requestId ?? 'unknown' })),
    ),
  encrypt: (key, plaintext) =>
    answered(
      clients
        .reading(key)
        .send(new EncryptCommand({ KeyId: key.keyId, Plaintext: Buffer.from(plaintext), EncryptionContext: { ...PROOF_CONTEXT } }))
        .then(({ CiphertextBlob }) => ({ kind: 'ciphertext' as const, ciphertext: base64(CiphertextBlob) })),
    ),
  decrypt: (key, ciphertext) =>
    answered(
      clients
        .reading(key)
        .send(
          new DecryptCommand({
            KeyId: key.keyId,
            CiphertextBlob: Buffer.from(ciphertext, 'base64'),
            EncryptionContext: { ...PROOF_CONTEXT },
          }),
        )
        .then(({ Plaintext }) => ({ kind: 'plaintext' as const, plaintext: Buffer.from(Plaintext ?? []).toString() })),
    ),
  publicKeyDigest: (key) =>
    answered(
      clients
        .reading(key)
        .send(new GetPublicKeyCommand({ KeyId: key.keyId }))
        .then(({ PublicKey }) => ({
          kind: 'digest' as const,
          digest: createHash('sha256')
            .update(PublicKey ?? '')
            .digest('hex'),
        })),
    ),
  rehearse: (key, nature) => rehearse(clients.reading(key), key.keyId, nature),
  signAndVerify: (key, nature) => signAndVerify(clients.reading(key), key.keyId, nature),
  rotation: (key) =>
    answered(
      clients
        .reading(key)
        .send(new GetKeyRotationStatusCommand({ KeyId: key.keyId }))
        .then(({ OnDemandRotationStartDate }) => ({ kind: 'rotation' as const, running: OnDemandRotationStartDate !== undefined })),
    ),
  listKeys: (account, region, msMax) => listKeys(clients.reading({ account, region }), clock, msMax),
  listAliases: (account, region, msMax) => listAliases(clients.reading({ account, region }), clock, msMax),
  tags: (key) =>
    answered(
      clients
        .reading(key)
        .send(new ListResourceTagsCommand({ KeyId: key.keyId, Limit: TAGS_PER_PAGE }))
        .then(({ Tags }) => ({
          kind: 'tags' as const,
          tags: Object.fromEntries(
            (Tags ?? []).flatMap(({ TagKey, TagValue }) => (TagKey === undefined ? [] : [[TagKey, TagValue ?? '']])),
          ),
        })),
    ),
});
