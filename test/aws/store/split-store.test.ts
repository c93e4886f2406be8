import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitStore } from '../../../aws/store/split-store.ts';
import { createMemoryStore } from '../../../simulator/store/memory-store.ts';

describe('One store out of two', () => {
  it('keeps evidence apart from what runs work with, and finds both again', async () => {
    const [working, evidence] = [createMemoryStore(), createMemoryStore()];
    const store = splitStore({ working, evidence });
    await store.put('runs/1/run.json', 'run');
    await store.put('evidence/1/summary.json', 'summary');

    assert.deepEqual([await working.list(''), await evidence.list('')], [['runs/1/run.json'], ['evidence/1/summary.json']]);
    assert.equal((await store.get('evidence/1/summary.json'))?.body, 'summary');
    assert.deepEqual(await store.list('evidence/1/'), ['evidence/1/summary.json']);
    assert.equal(await store.put('evidence/1/summary.json', 'other', { ifAbsent: true }), undefined);
  });
});
