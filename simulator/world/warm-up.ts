import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { HttpResponse } from '@smithy/core/protocols';

/**
 * Makes one call of the SDK's in real time. The first call in a process reads the shared configuration files even when every
 * setting is given, and real input under a virtual clock would let time jump.
 */
export const warmUpSdk = async (): Promise<void> => {
  const client = new KMSClient({
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    requestHandler: {
      handle: async () => ({ response: new HttpResponse({ statusCode: 200, headers: {}, body: Buffer.from('{}') }) }),
    },
  });
  await client.send(new DescribeKeyCommand({ KeyId: 'warm-up' }));
  client.destroy();
};
