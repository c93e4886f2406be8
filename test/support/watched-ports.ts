import type { Runtime } from '../../functions/frame/runtime.ts';

/** Something that a function did to the world outside. */
export interface Effect {
  readonly port: 'table' | 'store' | 'kms';
  /** Which item, path or key. */
  readonly what: string;
}

/** Where a call stands: about to take effect, or answered and not yet handed to the one who asked. */
export type Moment = 'asked' | 'answered';

/**
 * A runtime that tells of everything that goes through it.
 * @param at awaited at both moments of each call, so that a test decides who goes on and when
 * @param onEffect told of each write to table and store that was carried out, and of each promotion that was sent
 */
export const watchedPorts = (
  runtime: Runtime,
  at: (moment: Moment) => Promise<void>,
  onEffect: (effect: Effect) => void = () => undefined,
): Runtime => {
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    await at('asked');
    const answer = await call();
    await at('answered');
    return answer;
  };
  const noted = async <T>(effect: Effect, call: Promise<T>, isDone: (answer: T) => boolean): Promise<T> => {
    const answer = await call;
    if (isDone(answer)) onEffect(effect);
    return answer;
  };
  const { table, store, executions, kms, clock } = runtime;
  const watchedKms = Object.fromEntries(
    Object.entries(kms).map(([name, method]) => [name, (...some: readonly unknown[]) => through(() => method.apply(kms, some))]),
  ) as unknown as Runtime['kms'];
  return {
    ...runtime,
    clock: { now: () => clock.now(), sleep: (ms) => through(() => clock.sleep(ms)) },
    table: {
      read: (kind, id) => through(() => table.read(kind, id)),
      list: (kind, idPrefix) => through(() => table.list(kind, idPrefix)),
      remove: (kind, id, ifVersion) => through(() => table.remove(kind, id, ifVersion)),
      write: (kind, id, value, ifVersion) =>
        through(() => noted({ port: 'table', what: `${kind}/${id}` }, table.write(kind, id, value, ifVersion), Boolean)),
    },
    store: {
      get: (path) => through(() => store.get(path)),
      tagOf: (path) => through(() => store.tagOf(path)),
      list: (prefix) => through(() => store.list(prefix)),
      put: (path, body, condition) =>
        through(() => noted({ port: 'store', what: path }, store.put(path, body, condition), (tag) => tag !== undefined)),
    },
    executions: {
      ...executions,
      start: (name, input) => through(() => executions.start(name, input)),
      status: (name) => through(() => executions.status(name)),
    },
    kms: {
      ...watchedKms,
      promote: (key, target) => {
        // Sent at once: what is on the wire cannot be called back.
        onEffect({ port: 'kms', what: key.keyId });
        return through(() => kms.promote(key, target));
      },
    },
  };
};
