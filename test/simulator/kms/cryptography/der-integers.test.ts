import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readIntegers, writeIntegers } from '../../../../simulator/kms/cryptography/der-integers.ts';

describe('A SEQUENCE of INTEGERs in DER', () => {
  it('keeps numbers positive, short lengths short, and comes back as it was', () => {
    assert.equal(writeIntegers([1n, 0x80n]).toString('hex'), '300702010102020080');
    for (const values of [
      [0n, 1n],
      [0xffn, 0x100n],
      [2n ** 521n - 1n, 2n ** 520n],
    ])
      assert.deepEqual(readIntegers(writeIntegers(values)), values);
  });

  it('is refused in any other form: padded, cut, followed by more, or of something else', () => {
    for (const hex of [
      '',
      '30',
      '3000ff',
      '300402020001',
      '3003020101ff',
      '30030201',
      '3103020101',
      '3003040101',
      '30020200',
      '3081030201010',
    ]) {
      assert.equal(readIntegers(Buffer.from(hex, 'hex')), undefined, hex);
    }
  });
});
