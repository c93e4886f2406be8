import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { KMS } from '@aws-sdk/client-kms';
import { wrappedMaterial } from '../../../simulator/conformance/wrapped-material.ts';
import { evidenceOf } from '../../../simulator/story/evidence-of.ts';
import type { World } from '../../../simulator/world/world.ts';
import { primariesBy } from '../../support/stories.ts';
import { inWorld } from '../../support/worlds.ts';

const [HOME, STANDBY, OTHER] = ['us-east-1', 'us-west-2', 'eu-west-1'];
const ACCOUNT = '111122223333';
const HOUR_MS = 3_600_000;

const clientIn = (world: World, region: string) =>
  new KMS({
    region,
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    requestHandler: world.kms.requestHandler({ account: ACCOUNT, region, requestTimeoutMs: 20_000 }),
  });

/** A key of the fleet with imported material, which expires in so many hours in one Region and lasts for a year in the others. */
const imported = async (world: World, expiresIn: string, hours: number): Promise<string> => {
  const home = clientIn(world, HOME);
  const { KeyMetadata } = await home.createKey({ Origin: 'EXTERNAL', MultiRegion: true });
  const KeyId = KeyMetadata?.KeyId ?? assert.fail('no key');
  const material = randomBytes(32);
  for (const region of [HOME, STANDBY, OTHER]) {
    if (region !== HOME) await home.replicateKey({ KeyId, ReplicaRegion: region });
    const kms = clientIn(world, region);
    // A replica is made in seconds, and import parameters are given out once in four.
    await world.clock.sleep(90_000);
    const asked = { KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
    const { ImportToken, PublicKey = new Uint8Array() } = await kms.getParametersForImport(asked);
    const ValidTo = new Date(world.clock.now() + (region === expiresIn ? hours : 24 * 300) * HOUR_MS);
    await kms.importKeyMaterial({ KeyId, ImportToken, EncryptedKeyMaterial: wrappedMaterial(PublicKey, material), ValidTo });
    await kms.createAlias({ AliasName: 'alias/payments/imported', TargetKeyId: KeyId });
  }
  return KeyId;
};

const played = (operation: 'failover' | 'drill', expiresIn: string) =>
  inWorld({ operation, startedBy: 'operator', keys: 2 }, async (world) => {
    const keyId = await imported(world, expiresIn, 20);
    await world.stepFunctions.start('by-hand', { fleet: 'payments', operation, reason: 'CHG-7' });
    await world.stepFunctions.execution('by-hand')?.done;
    const { summary, lines } = (await evidenceOf(world.store, 'by-hand')) ?? assert.fail('there is no evidence');
    return { world, keyId, summary, line: lines.find((each) => each.keyId === keyId) };
  });

for (const expiresIn of [STANDBY, HOME])
  test(`a drill leaves a key at home whose imported material is about to expire in ${expiresIn}, and moves the others there and back`, async () => {
    const { world, line, summary } = await played('drill', expiresIn);

    assert.deepEqual([line?.outcome, line?.reason], ['ineligible', 'MATERIAL_EXPIRES']);
    assert.deepEqual([summary.outcomes.promoted, summary.outcomes.ineligible], [2, 1]);
    assert.deepEqual(primariesBy(world), { [HOME]: 3 });
  });

test('a failover moves a key whose imported material is about to expire in the target, and says so', async () => {
  const { world, keyId, line, summary } = await played('failover', STANDBY);

  assert.equal(line?.outcome, 'promoted');
  assert.deepEqual(primariesBy(world), { [STANDBY]: 3 });
  assert.deepEqual(
    summary.notes.filter((note: string) => note.startsWith('MATERIAL_EXPIRES')),
    [
      `MATERIAL_EXPIRES: the imported key material of ${ACCOUNT}/${keyId} expires in the target within a day; import it there again, the evidence has when.`,
    ],
  );
});
