import type { Runtime } from '../../functions/frame/runtime.ts';

/** What a decider's ports are made to do so that it dies once, at its nth write of a kind, before or after that was carried out. */
export const dyingAt = (kind: string, when: 'before' | 'after', nth: number) => {
  let writes = 0;
  return ({ table }: Runtime): Partial<Runtime> => ({
    table: {
      ...table,
      write: async (at, id, value, ifVersion) => {
        writes += at === kind ? 1 : 0;
        const dies = at === kind && writes === nth;
        if (dies && when === 'before') throw new Error('killed');
        const isWritten = await table.write(at, id, value, ifVersion);
        if (dies) throw new Error('killed');
        return isWritten;
      },
    },
  });
};
