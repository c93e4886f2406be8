import type { WriteCondition } from '../../core/ports/store.ts';

/** True when a write may happen, given the tag of what is stored now (undefined: nothing). */
export const holds = (condition: WriteCondition | undefined, storedTag: string | undefined): boolean => {
  if (condition === undefined) return true;
  return 'ifAbsent' in condition ? storedTag === undefined : storedTag === condition.ifTag;
};
