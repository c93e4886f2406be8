// Creates a multi-Region key in us-east-1, moves its primary role to us-west-2, and decrypts there what was encrypted at home.
//
//   AWS_ENDPOINT_URL=http://127.0.0.1:4599 node simulator/examples/promote.mjs
//
// Without AWS_ENDPOINT_URL it would do the same on AWS, at AWS's prices.
import { KMS } from '@aws-sdk/client-kms';

const home = new KMS({ region: 'us-east-1' });
const away = new KMS({ region: 'us-west-2' });

/** Until a Region shows the key enabled, with its primary there. */
const settled = async (client, KeyId, primary) => {
  for (let looks = 0; looks < 500; looks += 1) {
    // A Region may need a moment before it knows a new key.
    const { KeyMetadata } = await client.describeKey({ KeyId }).catch((error) => {
      if (error.name === 'NotFoundException') return {};
      throw error;
    });
    const seen = KeyMetadata?.MultiRegionConfiguration.PrimaryKey.Region;
    if (KeyMetadata?.KeyState === 'Enabled' && seen === primary) return seen;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${KeyId} has not settled.`);
};

const { KeyMetadata } = await home.createKey({ MultiRegion: true });
const { KeyId } = KeyMetadata;
await home.replicateKey({ KeyId, ReplicaRegion: 'us-west-2' });
await settled(away, KeyId, 'us-east-1');

const { CiphertextBlob } = await home.encrypt({ KeyId, Plaintext: Buffer.from('the same in every Region') });
await home.updatePrimaryRegion({ KeyId, PrimaryRegion: 'us-west-2' });
const meanwhile = await away.describeKey({ KeyId });
console.log(`while it changes: ${meanwhile.KeyMetadata.KeyState}`);

console.log(`primary: ${await settled(away, KeyId, 'us-west-2')}`);
const { Plaintext } = await away.decrypt({ KeyId, CiphertextBlob });
console.log(`decrypted: ${Buffer.from(Plaintext).toString()}`);
