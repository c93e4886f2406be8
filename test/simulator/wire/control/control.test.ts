import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, AWAY, HOME, OTHER_ACCOUNT, THIRD, wireFixture } from '../wire-server.ts';

const wire = wireFixture();

describe('The control path', () => {
  it('plants keys that are there at once, in the Regions and with the names that were asked for', async () => {
    const asked = {
      keys: [
        { primary: HOME, replicas: [AWAY, THIRD], aliases: ['alias/orders'], tags: { team: 'orders' } },
        { account: OTHER_ACCOUNT, primary: AWAY, keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' },
      ],
    };

    const { status, body } = await wire.control('POST', '/keys', asked);
    const truth = (await wire.control('GET', '/truth')).body;

    assert.equal(status, 201);
    assert.deepEqual(
      truth.keys.map(({ keyId, account, keySpec, regions }: { keyId: string; account: string; keySpec: string; regions: object }) => ({
        keyId,
        account,
        keySpec,
        regions: Object.keys(regions),
      })),
      [
        { keyId: body.keyIds[0], account: ACCOUNT, keySpec: 'SYMMETRIC_DEFAULT', regions: [HOME, AWAY, THIRD] },
        { keyId: body.keyIds[1], account: OTHER_ACCOUNT, keySpec: 'HMAC_256', regions: [AWAY] },
      ],
    );
    assert.equal((await wire.call('DescribeKey', { KeyId: 'alias/orders' })).status, 200);
  });

  it('shows both CloudTrail records of a promotion, and what was asked of KMS', async () => {
    const { body } = await wire.control('POST', '/keys', { keys: [{ primary: HOME, replicas: [AWAY] }] });
    await wire.call('UpdatePrimaryRegion', { KeyId: body.keyIds[0], PrimaryRegion: AWAY });

    const { Records } = (await wire.control('GET', '/trail')).body;
    const { calls } = (await wire.control('GET', '/counts')).body;

    const promotions = Records.filter(({ eventName }: { eventName: string }) => eventName === 'UpdatePrimaryRegion');
    assert.deepEqual(
      promotions.map(({ awsRegion }: { awsRegion: string }) => awsRegion),
      [HOME, AWAY],
    );
    assert.equal(calls.UpdatePrimaryRegion, 1);
  });

  it('sets faults in place of those before, tells how often they struck, and takes them away', async () => {
    const order = { name: 'hang', rate: 0.25, class: 'crypto', region: AWAY, account: OTHER_ACCOUNT, fromSeconds: 0, forSeconds: 60 };

    const set = await wire.control('PUT', '/faults', { faults: [order, { name: 'stale-reads' }] });
    await wire.control('PUT', '/faults', { faults: [{ name: 'throttle' }] });
    const replaced = await wire.control('GET', '/faults');
    const cleared = await wire.control('DELETE', '/faults');

    assert.deepEqual(set, {
      status: 200,
      body: {
        faults: [
          { ...order, struck: 0 },
          { name: 'stale-reads', struck: 0 },
        ],
      },
    });
    assert.deepEqual(replaced.body, { faults: [{ name: 'throttle', struck: 0 }] });
    assert.deepEqual(cleared.body, { faults: [] });
    assert.deepEqual((await wire.control('GET', '/faults')).body, { faults: [] });
  });

  for (const { what, method, path, body, sentence } of [
    {
      what: 'a field that does not exist',
      method: 'PUT',
      path: '/faults',
      body: { faults: [], fault: 1 },
      sentence: /there is no field 'fault' here/,
    },
    {
      what: 'a rate over 1',
      method: 'PUT',
      path: '/faults',
      body: { faults: [{ name: 'hang', rate: 5 }] },
      sentence: /^faults\[0\]\.rate: expected a share of at most 1\.$/,
    },
    {
      what: 'a misspelt fault',
      method: 'PUT',
      path: '/faults',
      body: { faults: [{ name: 'conection-reset' }] },
      sentence: /^There is no fault named 'conection-reset'\. Did you mean 'connection-reset'\?/,
    },
    {
      what: 'a fault of stories',
      method: 'PUT',
      path: '/faults',
      body: { faults: [{ name: 'abort' }] },
      sentence: /^The fault 'abort' belongs to a story/,
    },
    {
      what: 'a setting that the fault does not take',
      method: 'PUT',
      path: '/faults',
      body: { faults: [{ name: 'flapping', rate: 0.5 }] },
      sentence: /^The fault 'flapping' takes class, region, account, from, for; got rate\.$/,
    },
    {
      what: 'a Region that is not here',
      method: 'PUT',
      path: '/faults',
      body: { faults: [{ name: 'hang', region: 'eu-west-3' }] },
      sentence: /has no Region eu-west-3; it has us-east-1/,
    },
    {
      what: 'an account that is not here',
      method: 'PUT',
      path: '/faults',
      body: { faults: [{ name: 'hang', account: '999999999999' }] },
      sentence: /has no account 999999999999/,
    },
    {
      what: 'a key in two Regions of one name',
      method: 'POST',
      path: '/keys',
      body: { keys: [{ primary: HOME, replicas: [HOME] }] },
      sentence: /^keys\[0\]: .*No key was made\.$/,
    },
    {
      what: 'an alias of AWS',
      method: 'POST',
      path: '/keys',
      body: { keys: [{ primary: HOME, aliases: ['alias/aws/s3'] }] },
      sentence: /^keys\[0\]: Expected aliases that begin with alias\/ and not with alias\/aws\/, got alias\/aws\/s3\. No key was made\.$/,
    },
    {
      what: 'a tag of AWS',
      method: 'POST',
      path: '/keys',
      body: { keys: [{ primary: HOME, tags: { 'aws:owner': 'x' } }] },
      sentence: /^keys\[0\]: Expected tags that do not begin with aws:, got aws:owner\. No key was made\.$/,
    },
    { what: 'no keys at all', method: 'POST', path: '/keys', body: { keys: [] }, sentence: /^keys: expected at least one key\.$/ },
    {
      what: 'text instead of JSON',
      method: 'POST',
      path: '/keys',
      body: undefined,
      sentence: /^The body: expected JSON, got something else\.$/,
    },
  ]) {
    it(`refuses ${what} with a sentence, and changes nothing`, async () => {
      const before = (await wire.control('GET', '/truth')).body;

      const reply = await wire.control(method, path, body);

      assert.equal(reply.status, 400);
      assert.equal(reply.body.sentences.length, 1);
      assert.match(reply.body.sentences[0], sentence);
      assert.deepEqual((await wire.control('GET', '/truth')).body, before);
      assert.deepEqual((await wire.control('GET', '/faults')).body, { faults: [] });
    });
  }

  it('says what there is when something else is asked for', async () => {
    const nowhere = await wire.control('GET', '/nowhere');
    const wrongWay = await wire.control('POST', '/truth');
    const overview = await wire.control('GET', '');

    assert.equal(nowhere.status, 404);
    assert.match(nowhere.body.sentences[0], /GET \/_simulator\/truth/);
    assert.deepEqual(wrongWay, { status: 405, body: { sentences: ['Expected GET for /_simulator/truth, got POST.'] } });
    assert.equal(overview.body.paths.length, 8);
    assert.equal(overview.body.seed, '1');
  });

  it('refuses a request that a page of another site, or a foreign name for this machine, has made', async () => {
    for (const headers of [{ host: 'rebound.example:4599' }, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const reply = await wire.send({ method: 'DELETE', path: '/_simulator/faults', headers });

      assert.equal(reply.status, 403, JSON.stringify(headers));
    }
  });
});
