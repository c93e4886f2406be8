import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpRequest } from '@smithy/core/protocols';
import { ACCOUNT, arnOf, KmsWorld, OTHER_ACCOUNT, SOURCE, TARGET } from '../kms-world.ts';

describe('DescribeKey', () => {
  it('takes key ID, local ARN, alias and alias ARN', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ aliases: ['alias/orders'] });

    for (const KeyId of [keyId, arnOf(keyId, SOURCE), 'alias/orders', `arn:aws:kms:${SOURCE}:${ACCOUNT}:alias/orders`]) {
      assert.equal((await world.run(world.at(SOURCE).describeKey({ KeyId }))).KeyMetadata?.Arn, arnOf(keyId, SOURCE));
    }
  });

  it('refuses names that mean nothing here, each with its own words', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const unknown = `mrk-${'0'.repeat(32)}`;

    for (const [KeyId, message] of [
      [unknown, `Key '${arnOf(unknown, SOURCE)}' does not exist`],
      [arnOf(keyId, TARGET), `Invalid arn ${TARGET}`],
      ['alias/none', `Alias arn:aws:kms:${SOURCE}:${ACCOUNT}:alias/none is not found.`],
      ['nonsense', "Invalid keyId 'nonsense'"],
      ['arn:aws:s3:::bucket', "Invalid keyId 'arn:aws:s3:::bucket'"],
    ] as const) {
      await assert.rejects(world.run(world.at(SOURCE).describeKey({ KeyId })), { name: 'NotFoundException', message });
    }
  });

  it('refuses an alias in the operations that act on the key itself', async () => {
    const world = new KmsWorld();
    world.key({ aliases: ['alias/orders'] });
    const kms = world.at(SOURCE);
    const KeyId = 'alias/orders';

    for (const asked of [() => kms.disableKey({ KeyId }), () => kms.listResourceTags({ KeyId }), () => kms.getKeyPolicy({ KeyId })]) {
      await assert.rejects(world.run(asked()), {
        name: 'InvalidArnException',
        message: 'Key Aliases are not supported for this operation.',
      });
    }
  });
});

describe('The lists', () => {
  it('page through all keys of one account and Region, each key once', async () => {
    const world = new KmsWorld();
    const keyIds = Array.from({ length: 25 }, () => world.key());
    world.key({ account: OTHER_ACCOUNT });
    const listed: string[] = [];
    let Marker: string | undefined;

    do {
      const page = await world.run(world.at(TARGET).listKeys({ Limit: 10, Marker }));
      for (const { KeyId = '', KeyArn } of page.Keys ?? []) {
        assert.equal(KeyArn, arnOf(KeyId, TARGET));
        listed.push(KeyId);
      }
      assert.equal(page.Truncated, page.NextMarker !== undefined);
      Marker = page.NextMarker;
    } while (Marker !== undefined);

    assert.deepEqual(listed, keyIds.toSorted());
  });

  it('page through aliases, of all keys or of one', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ aliases: ['alias/b', 'alias/a'] });
    world.key({ aliases: ['alias/c'] });

    const first = await world.run(world.at(TARGET).listAliases({ Limit: 2 }));
    const second = await world.run(world.at(TARGET).listAliases({ Limit: 2, Marker: first.NextMarker }));
    const ofOne = await world.run(world.at(TARGET).listAliases({ KeyId: keyId }));

    assert.deepEqual(
      [first, second, ofOne].map(({ Aliases }) => Aliases?.map(({ AliasName }) => AliasName)),
      [['alias/a', 'alias/b'], ['alias/c'], ['alias/a', 'alias/b']],
    );
    assert.deepEqual(
      first.Aliases?.map(({ AliasArn, TargetKeyId }) => [AliasArn, TargetKeyId]),
      ['alias/a', 'alias/b'].map((name) => [`arn:aws:kms:${TARGET}:${ACCOUNT}:${name}`, keyId]),
    );
  });

  it('refuse a marker that no page gave, and a page longer than KMS has', async () => {
    const world = new KmsWorld();

    await assert.rejects(world.run(world.at(SOURCE).listKeys({ Marker: 'made-up' })), { name: 'InvalidMarkerException' });
    await assert.rejects(world.run(world.at(SOURCE).listKeys({ Limit: 1_001 })), { name: 'ValidationException' });
    await assert.rejects(world.run(world.at(SOURCE).listAliases({ Limit: 101 })), { name: 'ValidationException' });
  });
});

describe('Parameters', () => {
  it('may not hold a key policy that is no JSON object', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();

    for (const Policy of ['no JSON', '[]', '"text"']) {
      await assert.rejects(world.run(world.at(SOURCE).putKeyPolicy({ KeyId, Policy })), { name: 'MalformedPolicyDocumentException' });
    }
  });

  it('may not be those of operations that this KMS does not have, which it refuses with the reason', async () => {
    const world = new KmsWorld();

    await assert.rejects(world.run(world.at(SOURCE).describeCustomKeyStores({})), {
      name: 'UnsupportedOperationException',
      message: 'This KMS has no custom key stores, and multi-Region keys cannot be in one.',
    });
  });

  it('and those of operations that nobody has ever heard of, by name', async () => {
    const world = new KmsWorld();
    const handler = world.kms.requestHandler({ account: ACCOUNT, region: SOURCE, requestTimeoutMs: 1_000 });
    const headers = { 'x-amz-target': 'TrentService.MakeCoffee' };

    const { response } = await world.run(handler.handle(new HttpRequest({ method: 'POST', headers, body: '{}' })));

    assert.deepEqual(JSON.parse(String(response.body)), {
      __type: 'UnknownOperationException',
      message: "This KMS has no operation 'MakeCoffee'.",
    });
  });
});
