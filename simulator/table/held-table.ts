import type { ItemKind, Table } from '../../core/ports/table.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';

/** A table behind a real socket, for use under virtual time: time stands still while one of its calls is under way. */
export const createHeldTable = (table: Table, clock: Pick<VirtualClock, 'hold'>): Table => ({
  read: <T>(kind: ItemKind, id: string) => clock.hold(table.read<T>(kind, id)),
  write: (kind, id, value, ifVersion) => clock.hold(table.write(kind, id, value, ifVersion)),
  list: <T>(kind: ItemKind, idPrefix?: string) => clock.hold(table.list<T>(kind, idPrefix)),
  remove: (kind, id, ifVersion) => clock.hold(table.remove(kind, id, ifVersion)),
});
