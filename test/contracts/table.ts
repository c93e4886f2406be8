import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ItemKind, Table } from '../../core/ports/table.ts';

type Step =
  | { readonly do: 'write'; readonly id: string; readonly value: fc.JsonValue; readonly staleBy: number }
  | { readonly do: 'read'; readonly id: string }
  | { readonly do: 'list' };

const ids = ['a', 'b', 'ä', 'Z', '𝛼', '\uFF5E', 'a/b'];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    id: fc.constantFrom(...ids),
    value: fc.jsonValue({ maxDepth: 3 }),
    staleBy: fc.constantFrom(0, 0, 0, 1, -1),
  }),
  fc.record({ do: fc.constant('read' as const), id: fc.constantFrom(...ids) }),
  fc.record({ do: fc.constant('list' as const) }),
);

/** What JSON makes of a value: minus zero becomes zero. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Plays the steps on a table and on a plain map, and compares after each of them. */
const agreesWithModel = async (table: Table, kind: ItemKind, steps: readonly Step[]): Promise<void> => {
  const model = new Map<string, { value: unknown; version: number }>();
  for (const move of steps) {
    if (move.do === 'read') {
      assert.deepEqual(await table.read(kind, move.id), model.get(move.id));
    } else if (move.do === 'list') {
      const expected = [...model].map(([id, item]) => ({ ...item, id })).sort((a, b) => byUtf8(a.id, b.id));
      assert.deepEqual(await table.list(kind), expected);
    } else {
      const version = model.get(move.id)?.version ?? 0;
      const ifVersion = Math.max(0, version + move.staleBy);
      const written = await table.write(kind, move.id, move.value, ifVersion);
      assert.equal(written, ifVersion === version);
      if (written) model.set(move.id, { value: asJson(move.value), version: version + 1 });
    }
  }
};

/**
 * What every coordination table promises.
 * @param create makes an empty table
 */
export const tableContract = (name: string, create: () => Promise<Table>): void => {
  describe(`${name}, as a coordination table`, () => {
    it('knows nothing of an item that was never written', async () => {
      const table = await create();

      assert.equal(await table.read('lease', 'payments'), undefined);
      assert.deepEqual(await table.list('lease'), []);
    });

    it('takes a first write against version 0 and gives it back as version 1', async () => {
      const table = await create();

      assert.equal(await table.write('lease', 'payments', { holder: 'run-1' }, 0), true);

      assert.deepEqual(await table.read('lease', 'payments'), { value: { holder: 'run-1' }, version: 1 });
    });

    it('refuses a second first write and keeps what is there', async () => {
      const table = await create();
      await table.write('lease', 'payments', { holder: 'run-1' }, 0);

      assert.equal(await table.write('lease', 'payments', { holder: 'run-2' }, 0), false);

      assert.deepEqual(await table.read('lease', 'payments'), { value: { holder: 'run-1' }, version: 1 });
    });

    it('counts the versions up and refuses one that has passed, is yet to come, or has no item', async () => {
      const table = await create();
      await table.write('lane', '111122223333', { rate: 1 }, 0);

      assert.equal(await table.write('lane', '111122223333', { rate: 2 }, 1), true);
      assert.equal(await table.write('lane', '111122223333', { rate: 3 }, 1), false);
      assert.equal(await table.write('lane', '111122223333', { rate: 3 }, 3), false);
      assert.equal(await table.write('lane', 'missing', { rate: 3 }, 1), false);

      assert.deepEqual(await table.list('lane'), [{ id: '111122223333', value: { rate: 2 }, version: 2 }]);
    });

    it('lets exactly one of many writers at once win, and keeps the value of that one', async () => {
      const table = await create();
      await table.write('lane', 'shared', 'nobody', 0);
      const writers = Array.from({ length: 20 }, (_, index) => `writer-${index}`);

      const answers = await Promise.all(writers.map((writer) => table.write('lane', 'shared', writer, 1)));

      const winners = writers.filter((_, index) => answers[index]);
      assert.equal(winners.length, 1);
      assert.deepEqual(await table.read('lane', 'shared'), { value: winners[0], version: 2 });
    });

    it('keeps kinds apart, also under the same id', async () => {
      const table = await create();
      await table.write('lease', 'payments', 'a lease', 0);
      await table.write('breaker', 'payments', 'a breaker', 0);

      assert.deepEqual(await table.read('breaker', 'payments'), { value: 'a breaker', version: 1 });
      assert.deepEqual(await table.list('lease'), [{ id: 'payments', value: 'a lease', version: 1 }]);
    });

    it('lists in the order of the bytes of the ids, whatever the order of writing', async () => {
      const table = await create();
      // In UTF-16 the last two would stand the other way round.
      const inOrder = ['Z', 'a', 'a/b', 'b', 'ä', '\uFF5E', '𝛼'];
      for (const id of inOrder.toReversed()) await table.write('intent', id, id, 0);

      assert.deepEqual(
        (await table.list('intent')).map(({ id }) => id),
        inOrder,
      );
    });

    it('lists those whose ids begin as they are asked for', async () => {
      const table = await create();
      for (const id of ['a', 'a/', 'a/1', 'a/2', 'ab/1', 'b/1']) await table.write('decision', id, id, 0);

      assert.deepEqual(
        (await table.list('decision', 'a/')).map(({ id }) => id),
        ['a/', 'a/1', 'a/2'],
      );
    });

    it('removes an item under the version that was read, and leaves one alone that has changed since or is not there', async () => {
      const table = await create();
      await table.write('intent', 'gone', 'over', 0);
      await table.write('intent', 'changed', 'over', 0);
      await table.write('intent', 'changed', 'taken up again', 1);

      for (const id of ['gone', 'changed', 'never there']) await table.remove('intent', id, 1);

      assert.deepEqual(await table.list('intent'), [{ id: 'changed', value: 'taken up again', version: 2 }]);
      assert.equal(await table.write('intent', 'gone', 'anew', 0), true);
    });

    it('lists more than fits into one page', async () => {
      const table = await create();
      const filler = 'x'.repeat(8_000);
      const numbers = Array.from({ length: 300 }, (_, index) => String(index).padStart(3, '0'));
      await Promise.all(numbers.map((id) => table.write('decision', id, { id, filler }, 0)));

      const listed = await table.list<{ id: string }>('decision');

      assert.deepEqual(
        listed.map(({ id, value }) => [id, value.id]),
        numbers.map((id) => [id, id]),
      );
    });

    it('keeps empty texts, nulls, long numbers and all of Unicode as they are', async () => {
      const table = await create();
      const value = {
        empty: '',
        nothing: [null],
        exact: 1_793_000_000_123,
        tiny: 5e-324,
        text: 'Schlüssel 鍵 🔑\u0000\u2028',
        nested: { '': [[]] },
      };

      await table.write('fleet', 'Ünïcode 🔑', value, 0);

      assert.deepEqual(await table.read('fleet', 'Ünïcode 🔑'), { value, version: 1 });
    });

    it('shares no object with its callers', async () => {
      const table = await create();
      const mine = { keys: ['one'] };
      const writing = table.write('run', 'r', mine, 0);
      mine.keys.push('two');
      await writing;

      const first = await table.read<{ keys: string[] }>('run', 'r');
      first?.value.keys.push('three');

      assert.deepEqual(await table.read('run', 'r'), { value: { keys: ['one'] }, version: 1 });
    });

    it('throws on an item larger than DynamoDB takes, and does not call that a lost race', async () => {
      const table = await create();

      await assert.rejects(table.write('run', 'huge', 'x'.repeat(410 * 1024), 0));

      assert.equal(await table.read('run', 'huge'), undefined);
    });

    it('agrees with a plain map over any sequence of reads, writes and lists', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => agreesWithModel(await create(), 'window', steps)),
        { numRuns: 25 },
      );
    });
  });
};
