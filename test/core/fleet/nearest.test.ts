import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearest } from '../../../core/fleet/nearest.ts';

const words = ['accounts', 'alarms', 'home', 'posture', 'proof', 'standbys', 'all'];

describe('The nearest word', () => {
  for (const [typed, meant] of [
    ['postur', 'posture'],
    ['Posture', 'posture'],
    ['standby', 'standbys'],
    ['acounts', 'accounts'],
    ['hoem', undefined],
    ['hone', 'home'],
    ['prrof', 'proof'],
    ['colour', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ] as const) {
    it(`to ${JSON.stringify(typed.slice(0, 20))} is ${meant ?? 'none'}`, () => {
      assert.equal(nearest(typed, words), meant);
    });
  }

  it('is the nearer of two that are near, wherever it stands', () => {
    assert.equal(nearest('standby', ['standbyes', 'standbys']), 'standbys');
    assert.equal(nearest('standby', ['standbys', 'standbyes']), 'standbys');
  });

  it('is none among no words', () => {
    assert.equal(nearest('posture', []), undefined);
  });
});
