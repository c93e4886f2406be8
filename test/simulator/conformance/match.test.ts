import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, differences, PRESENT } from '../../../simulator/conformance/match.ts';

const ANSWER = { KeyState: 'Enabled', Regions: [{ Region: 'us-east-1', Arn: 'a' }], Blob: new Uint8Array([1]), Since: new Date(0) };

describe('An answer', () => {
  it('may hold more than is expected of it', () => {
    assert.deepEqual(differences({ KeyState: 'Enabled', Regions: [{ Region: 'us-east-1' }], Blob: new Uint8Array([1]) }, ANSWER), []);
  });

  it('may be expected to have a field, or not to have it', () => {
    assert.deepEqual(differences({ Since: PRESENT, DeletionDate: ABSENT }, ANSWER), []);
    assert.deepEqual(differences({ Since: ABSENT, DeletionDate: PRESENT }, ANSWER), [
      'expected no Since, got "1970-01-01T00:00:00.000Z"',
      'expected DeletionDate, which is missing',
    ]);
  });

  it('differs where it says something else, at the place of each difference', () => {
    assert.deepEqual(differences({ KeyState: 'Disabled', Regions: [{ Region: 'us-west-2' }], Blob: new Uint8Array([2]) }, ANSWER), [
      'expected KeyState to be "Disabled", got "Enabled"',
      'expected Regions[0].Region to be "us-west-2", got "us-east-1"',
      'expected Blob to be {"0":2}, got {"0":1}',
    ]);
  });

  it('differs when a list is longer or shorter', () => {
    assert.deepEqual(differences({ Regions: [] }, ANSWER), ['expected Regions to be [], got [{"Region":"us-east-1","Arn":"a"}]']);
  });
});
