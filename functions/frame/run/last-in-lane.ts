import type { Batch } from '../../../core/batch/batch.ts';
import { isFollowed, type Lane } from '../../../core/coordination/lane.ts';
import type { Runtime } from '../runtime.ts';

/** Whether no batch holds slots in the account's lane after this one's: then the stage ends with it, and it hurries. */
export const isLastInLane = async (runtime: Pick<Runtime, 'table'>, { account, target, window }: Batch): Promise<boolean> => {
  const lane = await runtime.table.read<Lane>('lane', account);
  return window === undefined || !isFollowed(lane?.value, window, target);
};
