import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { AWAY, HOME, signed, wireFixture } from './wire-server.ts';

const wire = wireFixture();

const faults = (...list: readonly object[]) => wire.control('PUT', '/faults', { faults: list });
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    ({ code }: { readonly code?: string }) => code,
  );

const keyInBoth = async (): Promise<string> =>
  (await wire.control('POST', '/keys', { keys: [{ primary: HOME, replicas: [AWAY] }] })).body.keyIds[0];

/** Sends a call and goes away once the server has taken it. */
const abandon = async (operation: string, parameters: object): Promise<void> => {
  const body = JSON.stringify(parameters);
  const socket = connect(wire.port, '127.0.0.1');
  const lines = ['POST / HTTP/1.1', 'host: x', `authorization: ${signed().authorization}`, `x-amz-target: TrentService.${operation}`];
  const before = wire.world.kms.counts().calls[operation] ?? 0;
  socket.write(`${lines.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  while ((wire.world.kms.counts().calls[operation] ?? 0) === before) await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
  await once(socket, 'close');
};

describe('Faults on the wire', () => {
  it('reset: the call is carried out, and the connection breaks', async () => {
    const KeyId = await keyInBoth();
    await faults({ name: 'connection-reset', rate: 1, class: 'write' });

    assert.equal(await codeOf(wire.call('TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] })), 'ECONNRESET');
    assert.deepEqual(JSON.parse((await wire.call('ListResourceTags', { KeyId })).text).Tags, [{ TagKey: 'a', TagValue: 'b' }]);
  });

  for (const name of ['connection-refused', 'dns-failure', 'tls-failure']) {
    it(`${name}: the connection is broken off at once, in that Region only, and nothing is done`, async () => {
      const KeyId = await keyInBoth();
      await faults({ name, rate: 1, region: AWAY });

      assert.equal(await codeOf(wire.call('TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }, signed(AWAY))), 'ECONNRESET');
      assert.equal(await codeOf(wire.call('DescribeKey', { KeyId })), 'answered');
      await faults();
      assert.deepEqual(JSON.parse((await wire.call('ListResourceTags', { KeyId }, signed(AWAY))).text).Tags, []);
    });
  }

  it('hang: nobody answers, and when the client has gone the call is no longer under way', async () => {
    const KeyId = await keyInBoth();
    await faults({ name: 'hang', rate: 1, region: HOME });

    await abandon('TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    await faults();

    assert.deepEqual(JSON.parse((await wire.call('ListResourceTags', { KeyId })).text).Tags, []);
  });

  it('late execution: what the client has given up is carried out after all', async () => {
    const KeyId = await keyInBoth();
    await faults({ name: 'late-execution', rate: 1 });

    await abandon('TagResource', { KeyId, Tags: [{ TagKey: 'late', TagValue: 'yes' }] });
    await faults();
    wire.watch();
    // The clock of these tests lets things happen when somebody has looked twice.
    for (let look = 0; look < 2; look += 1) await wire.call('DescribeKey', { KeyId });

    assert.deepEqual(JSON.parse((await wire.call('ListResourceTags', { KeyId })).text).Tags, [{ TagKey: 'late', TagValue: 'yes' }]);
  });

  it('degraded and source-down strike the first Region unless another is named', async () => {
    const KeyId = await keyInBoth();
    await faults({ name: 'source-down' });
    assert.equal((await wire.call('DescribeKey', { KeyId }, signed(AWAY))).status, 200);
    await abandon('DescribeKey', { KeyId });

    await faults({ name: 'source-down', region: AWAY });

    assert.equal((await wire.call('DescribeKey', { KeyId })).status, 200);
  });
});
