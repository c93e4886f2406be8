import type { KeyRecord } from '../../core/batch/record.ts';
import { viewIn } from '../../core/key/agree.ts';
import type { Region } from '../../core/region.ts';
import { observe } from '../frame/keys/observe.ts';
import { SAMPLE_PER_ACCOUNT_MAX, sampleKeys } from '../frame/keys/sample-keys.ts';
import type { Runtime } from '../frame/runtime.ts';

/** The records, with the spec known for a sample of each account spread evenly over its keys: the kinds that the canary shall cover. */
export const sampled = async (runtime: Runtime, records: readonly KeyRecord[], target: Region): Promise<KeyRecord[]> => {
  const chosen = new Set(sampleKeys(records, SAMPLE_PER_ACCOUNT_MAX, records.length));
  return Promise.all(
    records.map(async (record) => {
      const view = chosen.has(record) ? viewIn(await observe(runtime, record, [target]), target) : undefined;
      return view === undefined ? record : { ...record, spec: view.spec };
    }),
  );
};
