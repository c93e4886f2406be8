import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRequest } from '../../../../simulator/kms/model/read-request.ts';
import type { OperationName } from '../../../../simulator/kms/operation-name.ts';

const KeyId = 'mrk-0123456789abcdef0123456789abcdef';

interface Case {
  readonly what: string;
  readonly operation: OperationName;
  readonly body: unknown;
  readonly words: string;
}

/** The words of KMS for one bound that is not kept; those of recorded answers of AWS among them. */
const OUT_OF_BOUNDS: readonly Case[] = [
  {
    what: 'a missing member',
    operation: 'DescribeKey',
    body: {},
    words: "Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  },
  {
    what: 'a member that is null',
    operation: 'DescribeKey',
    body: { KeyId: null },
    words: "Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  },
  {
    what: 'an empty text',
    operation: 'DescribeKey',
    body: { KeyId: '' },
    words: "Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
  {
    what: 'a text that is too long',
    operation: 'DescribeKey',
    body: { KeyId: 'x'.repeat(2_049) },
    words: `Value '${'x'.repeat(2_049)}' at 'keyId' failed to satisfy constraint: Member must have length less than or equal to 2048`,
  },
  {
    what: 'a text against the pattern',
    operation: 'UpdatePrimaryRegion',
    body: { KeyId, PrimaryRegion: 'Mars' },
    words:
      "Value 'Mars' at 'primaryRegion' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([a-z]+-){2,3}\\d+$",
  },
  {
    what: 'a text that matches a pattern only in part',
    operation: 'GetKeyPolicy',
    body: { KeyId, PolicyName: 'de fault' },
    words: "Value 'de fault' at 'policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+",
  },
  {
    what: 'a choice that there is not',
    operation: 'GenerateMac',
    body: { KeyId, Message: 'AA==', MacAlgorithm: 'INVALID' },
    words:
      "Value 'INVALID' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [HMAC_SHA_224, HMAC_SHA_256, HMAC_SHA_384, HMAC_SHA_512]",
  },
  {
    what: 'a number that is too small',
    operation: 'GenerateRandom',
    body: { NumberOfBytes: 0 },
    words: "Value '0' at 'numberOfBytes' failed to satisfy constraint: Member must have value greater than or equal to 1",
  },
  {
    what: 'a number that is too large',
    operation: 'ListKeys',
    body: { Limit: 1_001 },
    words: "Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000",
  },
  {
    what: 'a secret blob that is too long, which is not repeated',
    operation: 'Encrypt',
    body: { KeyId, Plaintext: Buffer.alloc(4_097).toString('base64') },
    words: "Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
  },
  {
    what: 'an empty blob',
    operation: 'Decrypt',
    body: { CiphertextBlob: '' },
    words:
      "Value 'java.nio.HeapByteBuffer[pos=0 lim=0 cap=0]' at 'ciphertextBlob' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
  {
    what: 'a member of a structure in a list',
    operation: 'TagResource',
    body: { KeyId, Tags: [{ TagKey: 'a', TagValue: '' }, { TagValue: 'b' }] },
    words: "Value null at 'tags.2.member.tagKey' failed to satisfy constraint: Member must not be null",
  },
  {
    what: 'an item of a list of texts, for which the whole list is blamed',
    operation: 'UntagResource',
    body: { KeyId, TagKeys: ['a', ''] },
    words:
      "Value '[a, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: " +
      '[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must not be null]',
  },
  {
    what: 'a list that is too long',
    operation: 'DescribeKey',
    body: { KeyId, GrantTokens: Array(11).fill('t') },
    words: `Value '[${Array(11).fill('t').join(', ')}]' at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 10`,
  },
  {
    what: 'a value of a map that is null',
    operation: 'Encrypt',
    body: { KeyId, Plaintext: 'AA==', EncryptionContext: { a: null } },
    words: `Value '{"a":null}' at 'encryptionContext' failed to satisfy constraint: Map value must satisfy constraint: [Member must not be null]`,
  },
  {
    what: 'a parameter that the operation does not have, whatever it is called',
    operation: 'ListKeys',
    body: JSON.parse('{"Limit":1,"constructor":1,"__proto__":2}'),
    words: 'Parameters that this KMS does not know: constructor, __proto__',
  },
];

const WRONG_TYPES: readonly Case[] = [
  { what: 'a number for a text', operation: 'DescribeKey', body: { KeyId: 1 }, words: 'NUMBER_VALUE can not be converted to a String' },
  { what: 'a flag for a text', operation: 'DescribeKey', body: { KeyId: true }, words: 'TRUE_VALUE can not be converted to a String' },
  { what: 'a list for a text', operation: 'DescribeKey', body: { KeyId: [] }, words: 'Start of list found where not expected.' },
  {
    what: 'an object for a text',
    operation: 'DescribeKey',
    body: { KeyId: {} },
    words: 'Start of structure or map found where not expected.',
  },
  { what: 'a text for a number', operation: 'ListKeys', body: { Limit: '1' }, words: 'STRING_VALUE can not be converted to an Integer' },
  {
    what: 'a text for a flag',
    operation: 'CreateKey',
    body: { MultiRegion: 'true' },
    words: 'STRING_VALUE can not be converted to a Boolean',
  },
  {
    what: 'a text for a list',
    operation: 'UntagResource',
    body: { KeyId, TagKeys: 'a' },
    words: 'STRING_VALUE can not be converted to a List',
  },
  {
    what: 'a number in a map',
    operation: 'Encrypt',
    body: { KeyId, Plaintext: 'AA==', EncryptionContext: { a: 1 } },
    words: 'NUMBER_VALUE can not be converted to a String',
  },
  {
    what: 'a blob that is no base64',
    operation: 'Encrypt',
    body: { KeyId, Plaintext: '%%%%' },
    words: 'The value of a blob is not base64.',
  },
  { what: 'a body that is a list', operation: 'ListKeys', body: [], words: 'Start of list found where not expected.' },
  { what: 'a body that is null', operation: 'ListKeys', body: null, words: 'The body of the request is null.' },
  { what: 'a body that is a text', operation: 'ListKeys', body: 'text', words: 'STRING_VALUE can not be converted to a Structure' },
];

describe('A request', () => {
  for (const { what, operation, body, words } of OUT_OF_BOUNDS) {
    it(`with ${what} is refused in the words of KMS`, () => {
      assert.throws(() => readRequest(operation, body), { name: 'ValidationException', message: `1 validation error detected: ${words}` });
    });
  }

  for (const { what, operation, body, words } of WRONG_TYPES) {
    it(`with ${what} cannot be read`, () => {
      assert.throws(() => readRequest(operation, body), { name: 'SerializationException', message: words });
    });
  }

  it('that breaks several bounds hears of them all, and of a wrong type before any bound', () => {
    const broken = { KeyId: '', PrimaryRegion: '' };

    assert.throws(() => readRequest('UpdatePrimaryRegion', broken), {
      name: 'ValidationException',
      message:
        "3 validation errors detected: Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value '' at 'primaryRegion' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value '' at 'primaryRegion' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([a-z]+-){2,3}\\d+$",
    });
    assert.throws(() => readRequest('UpdatePrimaryRegion', { KeyId: '', PrimaryRegion: 1 }), { name: 'SerializationException' });
  });

  it('is read into buffers, epoch milliseconds and texts, and what it leaves out or gives as null is left out', () => {
    const body = { KeyId, ImportToken: 'AQI=', EncryptedKeyMaterial: 'Aw==', ValidTo: 1_767_225_600.5, ImportType: null };

    assert.deepEqual(readRequest('ImportKeyMaterial', body), {
      KeyId,
      ImportToken: Buffer.from([1, 2]),
      EncryptedKeyMaterial: Buffer.from([3]),
      ValidTo: 1_767_225_600_500,
    });
  });

  it('counts the characters of a text, not its UTF-16 units', () => {
    const Description = '🗝'.repeat(8_192);

    assert.equal(readRequest('UpdateKeyDescription', { KeyId, Description }).Description, Description);
    assert.throws(() => readRequest('UpdateKeyDescription', { KeyId, Description: `${Description}.` }), { name: 'ValidationException' });
  });

  it('may have an encryption context whose names are those of an object’s own machinery', () => {
    const body = JSON.parse(`{"KeyId":"${KeyId}","Plaintext":"AA==","EncryptionContext":{"__proto__":"1","constructor":"2"}}`);

    assert.deepEqual(Object.entries(readRequest('Encrypt', body).EncryptionContext ?? {}), [
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});
