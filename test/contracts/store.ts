import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Store } from '../../core/ports/store.ts';

type Step =
  | { readonly do: 'put'; readonly path: string; readonly body: string; readonly condition: 'none' | 'absent' | 'current' | 'wrong' }
  | { readonly do: 'get'; readonly path: string }
  | { readonly do: 'list'; readonly prefix: string };

const paths = ['runs/a', 'runs/b', 'runs/ä/1', 'runs/𝛼', 'runs/\uFF5E', 'inventory.json', 'runs/a b+c%20&<d>'];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    path: fc.constantFrom(...paths),
    body: fc.string({ unit: 'grapheme', maxLength: 20 }),
    condition: fc.constantFrom('none' as const, 'absent' as const, 'current' as const, 'wrong' as const),
  }),
  fc.record({ do: fc.constant('get' as const), path: fc.constantFrom(...paths) }),
  fc.record({ do: fc.constant('list' as const), prefix: fc.constantFrom('', 'runs/', 'runs/a', 'inv', 'nothing/') }),
);

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const wrongTag = '"no document has this tag"';

/** Plays the steps on a store and on a plain map, and compares after each of them. */
const agreesWithModel = async (store: Store, steps: readonly Step[]): Promise<void> => {
  const model = new Map<string, { body: string; tag: string }>();
  for (const move of steps) {
    if (move.do === 'get') {
      assert.deepEqual(await store.get(move.path), model.get(move.path));
    } else if (move.do === 'list') {
      const expected = [...model.keys()].filter((path) => path.startsWith(move.prefix)).sort(byUtf8);
      assert.deepEqual(await store.list(move.prefix), expected);
    } else {
      const stored = model.get(move.path);
      const conditions = {
        none: undefined,
        absent: { ifAbsent: true },
        current: { ifTag: stored?.tag ?? wrongTag },
        wrong: { ifTag: wrongTag },
      } as const;
      const expected = { none: true, absent: stored === undefined, current: stored !== undefined, wrong: false }[move.condition];
      const tag = await store.put(move.path, move.body, conditions[move.condition]);
      assert.equal(tag !== undefined, expected);
      if (tag !== undefined) model.set(move.path, { body: move.body, tag });
    }
  }
};

/**
 * What every store promises.
 * @param create makes an empty store
 */
export const storeContract = (name: string, create: () => Promise<Store>): void => {
  describe(`${name}, as a store`, () => {
    it('knows nothing of a path that was never written', async () => {
      const store = await create();

      assert.equal(await store.get('runs/none.json'), undefined);
      assert.equal(await store.tagOf('runs/none.json'), undefined);
      assert.deepEqual(await store.list(''), []);
    });

    it('gives back what was written, with the tag that the write gave', async () => {
      const store = await create();

      const tag = await store.put('runs/r1/plan.json', '{"keys":2}');

      assert.deepEqual(await store.get('runs/r1/plan.json'), { body: '{"keys":2}', tag });
    });

    it('tells the tag of what was written, also of an empty text', async () => {
      const store = await create();
      for (const body of ['{"keys":2}', ''])
        assert.equal(await store.put('runs/r1/plan.json', body), await store.tagOf('runs/r1/plan.json'));
    });

    it('takes the bytes of a text for the text', async () => {
      const store = await create();
      const tag = await store.put('text', Buffer.from('Schlüssel 🔑'));

      assert.deepEqual(await store.get('text'), { body: 'Schlüssel 🔑', tag });
    });

    it('overwrites when no condition is given', async () => {
      const store = await create();
      await store.put('status', 'old');

      const tag = await store.put('status', 'new');

      assert.deepEqual(await store.get('status'), { body: 'new', tag });
    });

    it('writes to an empty path once and refuses the second, keeping the first', async () => {
      const store = await create();
      const tag = await store.put('claim', 'first', { ifAbsent: true });

      assert.notEqual(tag, undefined);
      assert.equal(await store.put('claim', 'second', { ifAbsent: true }), undefined);

      assert.deepEqual(await store.get('claim'), { body: 'first', tag });
    });

    it('replaces the document with the tag named, and refuses a tag that has passed', async () => {
      const store = await create();
      const first = await store.put('progress', 'one');
      assert.ok(first !== undefined);

      const second = await store.put('progress', 'two', { ifTag: first });

      assert.ok(second !== undefined);
      assert.equal(await store.put('progress', 'three', { ifTag: first }), undefined);
      assert.deepEqual(await store.get('progress'), { body: 'two', tag: second });
    });

    it('refuses a tag where there is no document', async () => {
      const store = await create();

      assert.equal(await store.put('progress', 'one', { ifTag: wrongTag }), undefined);

      assert.equal(await store.get('progress'), undefined);
    });

    it('lets exactly one of many writers at once win, and keeps the text of that one', async () => {
      const store = await create();
      const first = await store.put('claim', 'free');
      assert.ok(first !== undefined);
      const writers = Array.from({ length: 20 }, (_, index) => `writer-${index}`);

      const tags = await Promise.all(writers.map((writer) => store.put('claim', writer, { ifTag: first })));

      const winners = writers.filter((_, index) => tags[index] !== undefined);
      assert.equal(winners.length, 1);
      assert.equal((await store.get('claim'))?.body, winners[0]);
    });

    it('lists what begins with a prefix, in the order of the bytes of the paths', async () => {
      const store = await create();
      // In UTF-16 the last two would stand the other way round.
      const inOrder = ['batches/1', 'batches/10', 'batches/2', 'batches/ä', 'batches/\uFF5E', 'batches/𝛼'];
      for (const path of [...inOrder, 'outcomes/1', 'batch'].toReversed()) await store.put(path, path);

      assert.deepEqual(await store.list('batches/'), inOrder);
      assert.deepEqual(await store.list('batches/1'), ['batches/1', 'batches/10']);
    });

    it('lists more than fits into one page', async () => {
      const store = await create();
      const expected = Array.from({ length: 35 }, (_, index) => `outcomes/${String(index).padStart(3, '0')}.json`);
      for (const path of expected) await store.put(path, '{}');

      assert.deepEqual(await store.list('outcomes/'), expected);
    });

    it('keeps an empty text, all of Unicode, and every line ending as they are', async () => {
      const store = await create();
      for (const body of ['', 'Schlüssel 鍵 🔑\u0000\u2028', '\uFEFFa\r\nb\rc\n']) {
        await store.put('text', body);

        assert.equal((await store.get('text'))?.body, body);
      }
    });

    it('keeps a text of two megabytes', async () => {
      const store = await create();
      const body = '0123456789abcdef🔑'.repeat(100_000);

      await store.put('inventory/large.json', body);

      assert.equal((await store.get('inventory/large.json'))?.body, body);
    });

    it('agrees with a plain map over any sequence of reads, writes and lists', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => agreesWithModel(await create(), steps)),
        { numRuns: 25 },
      );
    });
  });
};
