import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { AWAY, HOME, OTHER_ACCOUNT, signed, type WireReply, wireFixture } from './wire-server.ts';

const wire = wireFixture();

const errorOf = ({ status, text }: WireReply) => {
  const { __type, message } = JSON.parse(text);
  return { status, __type, message };
};

describe('The server', () => {
  it('answers as KMS does: JSON 1.1, a request ID of its own for each call, nothing to be kept', async () => {
    const first = await wire.call('ListKeys', {});
    const second = await wire.call('ListKeys', {});

    assert.equal(first.status, 200);
    assert.deepEqual(JSON.parse(first.text), { Keys: [], Truncated: false });
    assert.equal(first.headers['content-type'], 'application/x-amz-json-1.1');
    assert.match(String(first.headers['x-amzn-requestid']), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.notEqual(first.headers['x-amzn-requestid'], second.headers['x-amzn-requestid']);
    assert.equal(first.headers['cache-control'], 'no-cache, no-store, must-revalidate, private');
    assert.equal(first.headers['content-length'], String(Buffer.byteLength(first.text)));
  });

  it('answers an error with its name in __type, under the status of KMS', async () => {
    const reply = await wire.call('DescribeKey', { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' });

    assert.deepEqual(errorOf(reply), {
      status: 400,
      __type: 'NotFoundException',
      message: `Key 'arn:aws:kms:${HOME}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' does not exist`,
    });
    assert.equal(reply.headers['content-type'], 'application/x-amz-json-1.1');
    assert.ok(reply.headers['x-amzn-requestid']);
  });

  it('answers UpdatePrimaryRegion with 200 and nothing', async () => {
    const { body } = await wire.control('POST', '/keys', { keys: [{ primary: HOME, replicas: [AWAY] }] });

    const reply = await wire.call('UpdatePrimaryRegion', { KeyId: body.keyIds[0], PrimaryRegion: AWAY });

    assert.deepEqual([reply.status, reply.text, reply.headers['content-length']], [200, '', '0']);
  });

  it('finds Region and account in the credential, and keeps both apart', async () => {
    const created = JSON.parse((await wire.call('CreateKey', {}, signed(AWAY, OTHER_ACCOUNT))).text);
    const asked = await wire.call('DescribeKey', { KeyId: created.KeyMetadata.KeyId }, signed(AWAY, 'AKIAIOSFODNN7EXAMPLE'));

    assert.match(created.KeyMetadata.Arn, /^arn:aws:kms:us-west-2:444455556666:key\//);
    assert.equal(errorOf(asked).__type, 'NotFoundException');
    assert.match(errorOf(asked).message, /us-west-2:111122223333:key/);
  });

  for (const { what, headers, name } of [
    { what: 'without a signature', headers: {}, name: 'MissingAuthenticationTokenException' },
    { what: 'with an Authorization header of another kind', headers: { authorization: 'Basic abc' }, name: 'IncompleteSignatureException' },
    { what: 'for a Region that is not here', headers: signed('mars-north-1'), name: 'UnrecognizedClientException' },
    { what: 'of an account that is not here', headers: signed(HOME, '999999999999'), name: 'UnrecognizedClientException' },
    { what: 'for another service', headers: signed(HOME, 'AKIAIOSFODNN7EXAMPLE', 's3'), name: 'UnknownOperationException' },
  ]) {
    it(`refuses a request ${what} with ${name}`, async () => {
      const { status, __type, message } = errorOf(await wire.call('ListKeys', {}, headers));

      assert.deepEqual([status, __type], [400, name]);
      assert.ok(message.length > 10, message);
    });
  }

  for (const { what, target } of [
    { what: 'that KMS does not have', target: 'TrentService.MakeTea' },
    { what: 'of another service', target: 'DynamoDB_20120810.ListTables' },
    { what: 'that is called like something of JavaScript', target: 'TrentService.__proto__' },
    { what: 'that is missing', target: '' },
  ]) {
    it(`refuses an operation ${what} with UnknownOperationException, and counts it without its name`, async () => {
      const before = wire.world.kms.counts().calls.unknown ?? 0;

      const reply = await wire.send({ headers: { ...signed(), 'x-amz-target': target }, body: '{}' });

      assert.deepEqual([reply.status, errorOf(reply).__type], [400, 'UnknownOperationException']);
      assert.equal(wire.world.kms.counts().calls.unknown, before + 1);
      assert.equal(Object.hasOwn(Object.prototype, HOME), false);
    });
  }

  it('says what it expected where the header that names the operation is missing', async () => {
    const { message } = errorOf(await wire.send({ headers: signed(), body: '{}' }));

    assert.equal(message, 'Expected the header x-amz-target to be TrentService.<operation>, got another.');
  });

  it('refuses what is not JSON with SerializationException, and a parameter that does not fit with ValidationException', async () => {
    const headers = { ...signed(), 'x-amz-target': 'TrentService.DescribeKey' };

    assert.equal(errorOf(await wire.send({ headers, body: '{"KeyId":' })).__type, 'SerializationException');
    assert.equal(errorOf(await wire.call('DescribeKey', { KeyId: '' })).__type, 'ValidationException');
  });

  it('takes a body of a mebibyte, and refuses a longer one with 413', async () => {
    const longest = await wire.send({ headers: { ...signed(), 'x-amz-target': 'TrentService.ListKeys' }, body: ' '.repeat(1_048_576) });
    const tooLong = await wire.send({ headers: { ...signed(), 'x-amz-target': 'TrentService.ListKeys' }, body: ' '.repeat(1_048_577) });

    assert.equal(errorOf(longest).__type, 'SerializationException');
    assert.deepEqual([tooLong.status, errorOf(tooLong).__type], [413, 'RequestEntityTooLargeException']);
  });

  it('throttles as KMS does: the sixth change within a second', async () => {
    const { body } = await wire.control('POST', '/keys', { keys: [{ primary: HOME }] });

    // Without the watching fault, time stands still.
    wire.world.kms.replaceFaults([]);
    const replies = [];
    for (let nth = 0; nth < 6; nth += 1) replies.push(await wire.call('DisableKey', { KeyId: body.keyIds[0] }));
    wire.watch();

    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200, 200, 200, 400],
    );
    assert.equal(errorOf(replies[5] ?? assert.fail()).__type, 'ThrottlingException');
  });

  it('answers whatever it is sent, and breaks on none of it', async () => {
    const chance = new Seeded('wire');
    const word = () =>
      chance.pick(['TrentService.CreateKey', 'TrentService.', '{}', '[]', 'null', '{"KeyId":1}', '\u00e9', '/', 'a=b', ' ', '']);
    const path = () =>
      chance.pick(['/', '/?X-Amz-Credential=%', '/_simulator/', '/_simulator/faults?x', '//', '/_simulator/../truth', '*']);
    for (let nth = 0; nth < 200; nth += 1) {
      const reply = await wire.send({
        method: chance.pick(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']),
        path: path(),
        headers: { ...chance.pick([signed(), signed(word()), { authorization: word() }, {}]), 'x-amz-target': word() },
        body: word() + word(),
      });

      assert.ok(reply.status >= 200 && reply.status < 500, `${reply.status} ${reply.text}`);
    }
    wire.watch();
    assert.equal((await wire.call('ListKeys', {})).status, 200);
  });

  it('outlives a client that goes away in the middle of its request', async () => {
    const socket = connect(wire.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{"Key');
    socket.destroy();
    await once(socket, 'close');

    assert.equal((await wire.call('ListKeys', {})).status, 200);
  });
});
