import assert from 'node:assert/strict';
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { describe, it } from 'node:test';
import { HttpRequest } from '@smithy/core/protocols';
import { REQUESTS } from '../../../simulator/kms/model/requests.ts';
import type { Member, Members, Shape } from '../../../simulator/kms/model/shape.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { ACCOUNT, arnOf, KmsWorld, OTHER_ACCOUNT, SOURCE, TARGET, THIRD } from './kms-world.ts';

const REQUESTS_SENT = 10_000;
const REGIONS = [SOURCE, TARGET, THIRD];
const DAY_MS = 86_400_000;

type Json = Readonly<Record<string, unknown>>;

/** What no bound of the service model allows, or what it allows and nobody expects. */
const STRANGE: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1e21,
  0.5,
  true,
  [],
  {},
  [null],
  { a: 1 },
  [{}],
  'x'.repeat(10_000),
  '🗝'.repeat(300),
  '__proto__',
  'constructor',
  'arn:aws:kms:',
  'alias/',
  'AA==',
  '%%%',
];

/** Makes requests out of the service model: mostly such as it allows, with values that earlier answers gave. */
class Fuzzer {
  readonly #random: Seeded;
  /** What answers have given, by the name of the parameter that takes it. */
  readonly #known = new Map<string, unknown[]>();

  constructor(random: Seeded) {
    this.#random = random;
    this.learn('Marker', 'made-up');
    this.learn('Policy', '{"Version":"2012-10-17","Statement":[]}');
    this.learn('PrimaryRegion', ...REGIONS);
    this.learn('ReplicaRegion', ...REGIONS, 'sa-east-1');
    this.learn('PolicyName', 'default');
    this.learn('AliasName', 'alias/a', 'alias/b', 'alias/aws/c', 'alias/d/e', 'no-alias');
    this.learn('KeyPairSpec', 'ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'SM2', 'ML_KEM_512');
    this.learn('WrappingKeySpec', 'RSA_2048', 'SM2');
    this.learn('TagKey', 'a', 'b', 'c', 'aws:d');
    this.learn('Origin', 'AWS_KMS', 'EXTERNAL');
    this.learn('MacAlgorithm', 'HMAC_SHA_256');
    this.learn('Message', 'aGVsbG8=');
    this.learn('GranteePrincipal', `arn:aws:iam::${ACCOUNT}:role/a`, `arn:aws:iam::${ACCOUNT}:root`);
    this.learn('RetiringPrincipal', `arn:aws:iam::${ACCOUNT}:role/a`, 'nobody');
    this.learn('SigningAlgorithm', 'ECDSA_SHA_256', 'RSASSA_PSS_SHA_256', 'ML_DSA_SHAKE_256');
    for (const parameter of ['KeySpec', 'CustomerMasterKeySpec']) {
      this.learn(
        parameter,
        'SYMMETRIC_DEFAULT',
        'SYMMETRIC_DEFAULT',
        'RSA_2048',
        'ECC_NIST_P256',
        'HMAC_256',
        'ML_DSA_44',
        'SM2',
        'AES_256',
      );
    }
  }

  learn(parameter: string, ...values: readonly unknown[]): void {
    const known = this.#known.get(parameter) ?? [];
    this.#known.set(parameter, [...known, ...values].slice(-40));
  }

  operation(): keyof typeof REQUESTS {
    const names = Object.keys(REQUESTS) as Array<keyof typeof REQUESTS>;
    return this.#random.pick(names);
  }

  request(members: Members): Json {
    const given = Object.entries(members).flatMap(([name, member]) => {
      if (!this.#random.chance(member.required ? 0.98 : 0.3)) return [];
      return [[name, this.#value(name, member)] as const];
    });
    const stranger = this.#random.chance(0.01) ? { [this.#random.pick(['Stranger', '__proto__', 'toString'])]: 1 } : {};
    return { ...Object.fromEntries(given), ...stranger };
  }

  #value(name: string, member: Member): unknown {
    if (this.#random.chance(0.02)) return this.#random.pick(STRANGE);
    const known = this.#known.get(name.replace(/^(Target|Source|Destination)(?=KeyId)/, ''));
    return known !== undefined && this.#random.chance(0.9) ? this.#random.pick(known) : this.#ofShape(name, member);
  }

  #ofShape(name: string, shape: Shape): unknown {
    switch (shape.kind) {
      case 'text':
        return this.#random.hex(Math.min(shape.max, Math.max(shape.min, 8)));
      case 'choice':
        return this.#random.pick(shape.of);
      case 'whole':
        return Math.round(this.#random.between(shape.min - 1, shape.max + 1));
      case 'flag':
        return this.#random.chance(0.5);
      case 'moment':
        return Math.round(this.#random.between(1.7e9, 1.9e9));
      case 'bytes':
        return Buffer.from(this.#random.hex(64), 'hex').toString('base64');
      case 'list':
        return Array.from({ length: Math.round(this.#random.between(0, 3)) }, () => this.#value(name, shape.of));
      case 'map':
        return this.#random.pick<Json>([{}, { a: '1' }, { a: '1', b: '2' }]);
      case 'structure':
        return this.request(shape.members);
    }
  }
}

interface Sent {
  readonly operation: keyof typeof REQUESTS;
  readonly body: unknown;
  readonly account: string;
  readonly region: string;
}

const send = async (world: KmsWorld, operation: string, body: unknown, account: string, region: string) => {
  const handler = world.kms.requestHandler({ account, region, requestTimeoutMs: 3_000 });
  const headers = { 'x-amz-target': `TrentService.${operation}` };
  const { response } = await handler.handle(new HttpRequest({ method: 'POST', headers, body: JSON.stringify(body) }));
  const answer: Json = response.statusCode === 200 && response.body.length === 0 ? {} : JSON.parse(String(response.body));
  return { status: response.statusCode, answer };
};

const wrapped = (spki: unknown): string => {
  const key = createPublicKey({ key: Buffer.from(String(spki), 'base64'), format: 'der', type: 'spki' });
  const secret = Buffer.alloc(32, 7);
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, secret).toString('base64');
};

/** What an answer makes possible: requests that would succeed if nobody changed anything meanwhile. */
const followUps = ({ operation, body, account, region }: Sent, answer: Json, retires: boolean): readonly Sent[] => {
  const { KeyId, CiphertextBlob, GrantId, GrantToken, ImportToken, Mac, PublicKey, Signature } = answer;
  const { EncryptionContext, MacAlgorithm, Message, MessageType, SigningAlgorithm } = Object(body) as Json;
  const next = (follower: Sent['operation'], request: Json): Sent => ({ operation: follower, body: request, account, region });
  switch (operation) {
    case 'CreateKey': {
      const { KeyId: made } = Object(answer.KeyMetadata) as Json;
      const parameters = { KeyId: made, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
      return [
        next('GetParametersForImport', parameters),
        next('GetPublicKey', { KeyId: made }),
        next('RotateKeyOnDemand', { KeyId: made }),
      ];
    }
    case 'PutKeyPolicy':
      return REGIONS.map((ReplicaRegion) => next('ReplicateKey', { KeyId: Object(body).KeyId, ReplicaRegion }));
    case 'Encrypt':
    case 'GenerateDataKey': {
      const opened = { CiphertextBlob, SourceEncryptionContext: EncryptionContext, DestinationKeyId: KeyId };
      return [next('Decrypt', { CiphertextBlob, EncryptionContext }), next('ReEncrypt', opened)];
    }
    case 'Sign':
      return [next('Verify', { KeyId, Message, MessageType, Signature, SigningAlgorithm })];
    case 'GenerateMac':
      return [next('VerifyMac', { KeyId, Message, Mac, MacAlgorithm })];
    case 'GetPublicKey':
      return [next('DeriveSharedSecret', { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey })];
    case 'GetParametersForImport': {
      const material = { EncryptedKeyMaterial: wrapped(PublicKey), ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
      return [next('ImportKeyMaterial', { KeyId, ImportToken, ...material })];
    }
    case 'CreateGrant':
      return retires ? [next('RetireGrant', { GrantToken })] : [next('RevokeGrant', { KeyId: Object(body).KeyId, GrantId })];
    case 'ImportKeyMaterial':
      return [next('DeleteImportedKeyMaterial', { KeyId })];
    default:
      return [];
  }
};

const learnFrom = (fuzzer: Fuzzer, { KeyMetadata, NextMarker, GrantToken, GrantId, KeyMaterialId, PublicKey }: Json): void => {
  const given = { Marker: NextMarker, GrantToken, GrantId, KeyMaterialId, PublicKey };
  for (const [parameter, value] of Object.entries(given)) if (value !== undefined) fuzzer.learn(parameter, value);
  if (GrantToken !== undefined) fuzzer.learn('GrantTokens', [GrantToken]);
  const { KeyId } = Object(KeyMetadata) as Json;
  if (KeyId !== undefined) fuzzer.learn('KeyId', KeyId);
};

/** Each key has one primary, the ARN it began with, and the same relatives whoever is asked; aliases name keys that exist. */
const requireConsistent = async (world: KmsWorld): Promise<void> => {
  await world.clock.sleep(5_000);
  for (const { account, keyId, multiRegion, regions } of world.kms.truth().keys) {
    const there = Object.entries(regions);
    const primaries = there.filter(([, { role }]) => role === 'PRIMARY').map(([region]) => region);
    assert.equal(primaries.length, multiRegion ? 1 : 0, `${keyId} has its primary in ${primaries}`);
    const replicas = there.filter(([, { role }]) => role === 'REPLICA').map(([region]) => region);
    for (const [region] of there) {
      const { answer } = await send(world, 'DescribeKey', { KeyId: keyId }, account, region);
      const { Arn, MultiRegionConfiguration } = answer.KeyMetadata as { Arn: string; MultiRegionConfiguration?: unknown };
      assert.equal(Arn, arnOf(keyId, region, account));
      const related = (at: string) => ({ Arn: arnOf(keyId, at, account), Region: at });
      const expected = multiRegion && {
        MultiRegionKeyType: regions[region]?.role,
        PrimaryKey: related(primaries[0] ?? ''),
        ReplicaKeys: replicas.toSorted().map(related),
      };
      assert.deepEqual(MultiRegionConfiguration, expected || undefined);
    }
  }
  for (const account of [ACCOUNT, OTHER_ACCOUNT]) {
    for (const region of REGIONS) {
      const { answer } = await send(world, 'ListAliases', { Limit: 100 }, account, region);
      for (const { TargetKeyId } of answer.Aliases as ReadonlyArray<{ TargetKeyId: string }>) {
        assert.equal((await send(world, 'DescribeKey', { KeyId: TargetKeyId }, account, region)).status, 200);
      }
    }
  }
};

/** Keys that the requests to come may use up. */
const newKeys = (world: KmsWorld, batch: number): readonly string[] => [
  world.key({ aliases: [`alias/batch-${batch}`] }),
  world.key({ replicas: [] }),
  ...(
    [
      ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
      ['ECC_NIST_P256', 'SIGN_VERIFY'],
      ['ECC_NIST_P256', 'KEY_AGREEMENT'],
      ['RSA_2048', 'SIGN_VERIFY'],
      ['HMAC_256', 'GENERATE_VERIFY_MAC'],
    ] as const
  ).map(([keySpec, keyUsage]) => world.key({ keySpec, keyUsage, replicas: [TARGET, THIRD] })),
];

describe('The simulated KMS', () => {
  it(`answers or refuses each of ${REQUESTS_SENT} requests, well-formed or not, and stays consistent`, async () => {
    const world = new KmsWorld({ seed: 'fuzz' });
    const random = new Seeded('fuzz');
    const fuzzer = new Fuzzer(random);
    const outcomes = new Map<string, number>();
    const waiting: Sent[] = [];
    const nextRequest = (): Sent => {
      const follower = random.chance(0.4) ? waiting.shift() : undefined;
      if (follower !== undefined) return follower;
      const operation = fuzzer.operation();
      const body = random.chance(0.005) ? random.pick(STRANGE) : fuzzer.request(REQUESTS[operation]);
      return { operation, body, account: random.chance(0.95) ? ACCOUNT : OTHER_ACCOUNT, region: random.pick(REGIONS) };
    };
    const story = async () => {
      for (let sent = 0; sent < REQUESTS_SENT; sent += 1) {
        if (sent % 2_000 === 0) await requireConsistent(world);
        if (sent % 200 === 0) {
          waiting.length = 0;
          const keyIds = newKeys(world, sent / 200);
          fuzzer.learn('KeyId', ...keyIds, 'alias/a', arnOf(keyIds[0] ?? '', SOURCE));
        }
        const request = nextRequest();
        const { status, answer } = await send(world, request.operation, request.body, request.account, request.region);
        const outcome = status === 200 ? request.operation : String(answer.__type);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (status === 200) {
          learnFrom(fuzzer, answer);
          waiting.push(...followUps(request, answer, sent % 2 === 0));
        } else assert.match(outcome, /^[A-Z][A-Za-z]+Exception$/);
        await world.clock.sleep(random.chance(0.002) ? random.between(1, 20) * DAY_MS : 300);
      }
      await requireConsistent(world);
    };

    await world.run(story());

    const neverDone = Object.keys(REQUESTS).filter((operation) => !outcomes.has(operation));
    assert.deepEqual(neverDone, [], 'operations that never succeeded, so that this test says little of them');
  });
});
