import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

const Plaintext = Buffer.from('p');
const MANY = 60;

/** What so many calls at once see, each sort once. */
const seenBy = async (world: KmsWorld, look: () => Promise<unknown>): Promise<ReadonlySet<unknown>> =>
  new Set(await world.run(Promise.all(Array.from({ length: MANY }, () => look().catch(({ name }: Error) => name)))));

interface Change {
  readonly what: string;
  /** @returns how to look at what was changed */
  readonly make: (world: KmsWorld, keyId: string) => Promise<() => Promise<unknown>>;
  readonly before: unknown;
  readonly after: unknown;
}

const policyNamed = (Id: string): string => JSON.stringify({ Version: '2012-10-17', Id, Statement: [] });

const CHANGES: readonly Change[] = [
  {
    what: 'a key that was made just now, also for cryptography',
    make: async (world) => {
      const kms = world.at(SOURCE);
      const { KeyMetadata } = await world.run(kms.createKey({}));
      return () => kms.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext, DryRun: true });
    },
    before: 'NotFoundException',
    after: 'DryRunOperationException',
  },
  {
    what: 'a replica that was made just now',
    make: async (world, KeyId) => {
      await world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET }));
      return () =>
        world
          .at(TARGET)
          .listResourceTags({ KeyId })
          .then(() => 'found');
    },
    before: 'NotFoundException',
    after: 'found',
  },
  {
    what: 'an alias that was moved',
    make: async (world) => {
      const kms = world.at(SOURCE);
      const other = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY', aliases: ['alias/moved'] });
      const TargetKeyId = world.key({ keySpec: 'ECC_NIST_P384', keyUsage: 'SIGN_VERIFY' });
      await world.run(kms.updateAlias({ AliasName: 'alias/moved', TargetKeyId }));
      return () => kms.getPublicKey({ KeyId: 'alias/moved' }).then(({ KeyId = '' }) => (KeyId.endsWith(other) ? 'old key' : 'new key'));
    },
    before: 'old key',
    after: 'new key',
  },
  {
    what: 'an alias that was deleted',
    make: async (world, KeyId) => {
      const kms = world.at(SOURCE);
      const AliasName = 'alias/gone';
      await world.run(kms.createAlias({ AliasName, TargetKeyId: KeyId }));
      await world.pass(10_000);
      await world.run(kms.deleteAlias({ AliasName }));
      return () => kms.encrypt({ KeyId: AliasName, Plaintext, DryRun: true });
    },
    before: 'DryRunOperationException',
    after: 'NotFoundException',
  },
  {
    what: 'a key policy that was put just now',
    make: async (world, KeyId) => {
      const kms = world.at(SOURCE);
      await world.run(kms.putKeyPolicy({ KeyId, Policy: policyNamed('old') }));
      await world.pass(10_000);
      await world.run(kms.putKeyPolicy({ KeyId, Policy: policyNamed('new') }));
      return () => kms.getKeyPolicy({ KeyId }).then(({ Policy = '' }) => JSON.parse(Policy).Id);
    },
    before: 'old',
    after: 'new',
  },
  {
    what: 'a tag that was added just now',
    make: async (world, KeyId) => {
      const kms = world.at(SOURCE);
      await world.run(kms.tagResource({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'blue' }] }));
      return () => kms.listResourceTags({ KeyId }).then(({ Tags }) => Tags?.length);
    },
    before: 0,
    after: 1,
  },
  {
    what: 'a grant that was made just now',
    make: async (world, KeyId) => {
      const kms = world.at(SOURCE);
      await world.run(kms.createGrant({ KeyId, GranteePrincipal: 'arn:aws:iam::111111111111:role/reader', Operations: ['Decrypt'] }));
      return () => kms.listGrants({ KeyId }).then(({ Grants }) => Grants?.length);
    },
    before: 0,
    after: 1,
  },
  {
    what: 'a grant that was revoked just now',
    make: async (world, KeyId) => {
      const kms = world.at(SOURCE);
      const GranteePrincipal = 'arn:aws:iam::111111111111:role/reader';
      const { GrantId } = await world.run(kms.createGrant({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }));
      await world.pass(10_000);
      await world.run(kms.revokeGrant({ KeyId, GrantId }));
      return () => kms.listGrants({ KeyId }).then(({ Grants }) => Grants?.length);
    },
    before: 1,
    after: 0,
  },
];

for (const { what, make, before, after } of CHANGES) {
  describe(`After a change, the calls of an unkind KMS that meet ${what}`, () => {
    it('see it or do not see it for a while, and all see it 5 s later', async () => {
      const world = new KmsWorld({ unkindness: 'unkind' });
      const look = await make(world, world.key({ replicas: [] }));

      assert.deepEqual(await seenBy(world, look), new Set([before, after]));
      await world.pass(5_000);
      assert.deepEqual(await seenBy(world, look), new Set([after]));
    });

    it('all see it at once when the KMS is kind', async () => {
      const world = new KmsWorld();
      const look = await make(world, world.key({ replicas: [] }));

      assert.deepEqual(await seenBy(world, look), new Set([after]));
    });
  });
}
