import type { ItemKind } from '../../core/ports/table.ts';
import type { Runtime } from './runtime.ts';
import { Situation } from './situation.ts';

/** How often a write that somebody else was faster with is tried anew. Eight batches at most write one lane at once. */
const TRIES_MAX = 12;
const PAUSE_MS_MAX = 120;

interface Changed<T, A> {
  readonly store?: T | undefined;
  readonly answer: A;
}

/**
 * Changes one item: reads it, lets `change` decide on what it read, purely or by further reads, and writes the answer if nobody wrote in between.
 * @param change gives back what shall be stored (undefined: leave the item alone) and the answer for the caller
 * @throws when the item stayed contended; the chain's loop comes round again
 */
export const changeItem = async <T, A>(
  runtime: Pick<Runtime, 'table' | 'clock' | 'random'>,
  kind: ItemKind,
  id: string,
  change: (current: T | undefined) => Changed<T, A> | Promise<Changed<T, A>>,
): Promise<A> => {
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const current = await runtime.table.read<T>(kind, id);
    const decided = change(current?.value);
    const { store, answer } = decided instanceof Promise ? await decided : decided;
    if (store === undefined || (await runtime.table.write(kind, id, store, current?.version ?? 0))) return answer;
    await runtime.clock.sleep(runtime.random.uniform() * PAUSE_MS_MAX);
  }
  throw new ContendedItemError(`${kind} "${id}" was changed by others ${TRIES_MAX} times in a row while this step tried to change it.`);
};

/** Changes one item likewise, where nobody asks for an answer. @param next gives back what shall be stored; undefined: leave the item alone */
export const replaceItem = <T>(
  runtime: Pick<Runtime, 'table' | 'clock' | 'random'>,
  kind: ItemKind,
  id: string,
  next: (current: T | undefined) => T | undefined,
): Promise<void> => changeItem<T, void>(runtime, kind, id, (current) => ({ store: next(current), answer: undefined }));

/** One item was so busy that a conditional write never won. */
export class ContendedItemError extends Situation {
  override readonly name = 'ContendedItem';
}
