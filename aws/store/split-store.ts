import type { Store } from '../../core/ports/store.ts';

/** Where evidence lies, in a store of its own when there is one. */
const EVIDENCE = 'evidence/';

/** One store out of two: evidence, which may not be changed for years, lies apart from what the runs work with. */
export const splitStore = ({ working, evidence }: { readonly working: Store; readonly evidence: Store }): Store => {
  const storeOf = (path: string): Store => (path.startsWith(EVIDENCE) ? evidence : working);
  return {
    get: (path) => storeOf(path).get(path),
    tagOf: (path) => storeOf(path).tagOf(path),
    put: (path, body, condition) => storeOf(path).put(path, body, condition),
    list: (prefix) => storeOf(prefix).list(prefix),
  };
};
