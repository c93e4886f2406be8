import type { Store, WriteCondition } from '../../core/ports/store.ts';
import { type Latency, type Pace, paced } from '../table/paced.ts';
import { utf8Order } from '../table/utf8-order.ts';
import { contentTag } from './content-tag.ts';
import { holds } from './holds.ts';

/** What a call to S3 from the same Region takes. */
export const storeLatency: Latency = { msMin: 15, msMax: 60 };

/** The working bucket in memory. Calls take no time unless a pace is given. */
export const createMemoryStore = (pace?: Pace): Store => {
  const bodies = new Map<string, string>();
  const tagOf = (body: string | undefined): string | undefined => (body === undefined ? undefined : contentTag(body));

  return {
    get: (path) =>
      paced(pace, () => {
        const body = bodies.get(path);
        return body === undefined ? undefined : { body, tag: contentTag(body) };
      }),
    tagOf: (path) => paced(pace, () => tagOf(bodies.get(path))),
    put: (path: string, written: string | Uint8Array, condition?: WriteCondition) =>
      paced(pace, () => {
        const body = typeof written === 'string' ? written : Buffer.from(written).toString('utf8');
        if (!holds(condition, tagOf(bodies.get(path)))) return undefined;
        bodies.set(path, body);
        return contentTag(body);
      }),
    list: (prefix) => paced(pace, () => [...bodies.keys()].filter((path) => path.startsWith(prefix)).toSorted(utf8Order)),
  };
};
