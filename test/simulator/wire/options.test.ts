import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWireWords, type WireWords } from '../../../simulator/wire/options.ts';

const words = (changes: Partial<WireWords> = {}) =>
  readWireWords({ port: '4599', seed: '1', accounts: '111122223333', regions: 'us-east-1,us-west-2', ...changes });

describe('readWireWords', () => {
  it('reads lists with spaces and names that come twice', () => {
    assert.deepEqual(words({ accounts: '111122223333, 444455556666,111122223333', port: '0', seed: 'x' }), {
      port: 0,
      seed: 'x',
      accounts: ['111122223333', '444455556666'],
      regions: ['us-east-1', 'us-west-2'],
      unkindness: 'quick',
    });
  });

  it('is quick unless it shall be kind or unkind', () => {
    assert.partialDeepStrictEqual(words({ kind: true }), { unkindness: 'kind' });
    assert.partialDeepStrictEqual(words({ unkind: true }), { unkindness: 'unkind' });
  });

  for (const { changes, sentence } of [
    { changes: { port: '65536' }, sentence: '--port: expected a number from 0 (any free port) to 65535; got "65536".' },
    { changes: { port: '-1' }, sentence: '--port: expected a number from 0 (any free port) to 65535; got "-1".' },
    { changes: { accounts: 'me' }, sentence: '--accounts: expected accounts of twelve digits, with commas between; got "me".' },
    { changes: { regions: '' }, sentence: '--regions: expected Region codes such as us-west-2, with commas between; got "".' },
    { changes: { kind: true, unkind: true }, sentence: '--kind and --unkind: expected one of them at most; got both.' },
    {
      changes: { regions: Array.from({ length: 41 }, (_, nth) => `us-east-${nth}`).join(',') },
      sentence: '--regions: expected at most 40; got 41.',
    },
  ]) {
    it(`says: ${sentence}`, () => assert.deepEqual(words(changes), [sentence]));
  }
});
