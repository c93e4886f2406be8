import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { KMS } from '@aws-sdk/client-kms';
import { ConnectionError } from '../../../../simulator/kms/wire/connection-error.ts';

/** What the SDK's own handler fails with at a port. */
const failureAt = async (port: number): Promise<{ readonly name: string; readonly code: string }> => {
  const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };
  const client = new KMS({ region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, credentials, maxAttempts: 1 });
  try {
    await client.listKeys({});
    return assert.fail('Somebody answered.');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { name: error.name, code: String(error.code) };
  } finally {
    client.destroy();
  }
};

const portOf = async (server: ReturnType<typeof createServer>): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : assert.fail('The server has no port.');
};

const named = (error: ConnectionError) => ({ name: error.name, code: error.code });

describe('A connection that fails in the simulator', () => {
  it('is like one that breaks under the SDK’s own handler', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const port = await portOf(server);

    assert.deepEqual(named(new ConnectionError('reset', 'kms')), await failureAt(port));
    server.close();
  });

  it('is like one that nobody takes, under the SDK’s own handler', async () => {
    const server = createServer();
    const port = await portOf(server);
    server.close();
    await once(server, 'close');

    assert.deepEqual(named(new ConnectionError('refused', 'kms')), await failureAt(port));
  });

  it('names the host that has no address, as Node does', () => {
    const { message, code } = new ConnectionError('unresolved', 'kms.us-east-1.amazonaws.com');

    assert.deepEqual([code, message], ['ENOTFOUND', 'getaddrinfo ENOTFOUND kms.us-east-1.amazonaws.com']);
  });
});
