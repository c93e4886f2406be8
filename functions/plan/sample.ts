import type { KeyRecord } from '../../core/batch/record.ts';
import { viewIn } from '../../core/key/agree.ts';
import type { Region } from '../../core/region.ts';
import { observe } from '../frame/keys/observe.ts';
import type { Runtime } from '../frame/runtime.ts';

/** How many keys of an account are described to find the kinds that the canary shall cover. */
const SAMPLE_KEYS_MAX = 20;

/** The records, with the spec known for a sample of each account spread evenly over its keys. */
export const sampled = async (runtime: Runtime, records: readonly KeyRecord[], target: Region): Promise<KeyRecord[]> => {
  const chosen = new Set<KeyRecord>();
  for (const keys of Map.groupBy(records, (record) => record.account).values()) {
    const step = Math.max(1, keys.length / SAMPLE_KEYS_MAX);
    for (let at = 0; at < keys.length; at += step) for (const record of keys.slice(Math.floor(at), Math.floor(at) + 1)) chosen.add(record);
  }
  return Promise.all(
    records.map(async (record) => {
      const view = chosen.has(record) ? viewIn(await observe(runtime, record, [target]), target) : undefined;
      return view === undefined ? record : { ...record, spec: view.spec };
    }),
  );
};
