import { seen } from '../key/agree.ts';
import { pass, type Rule, refuse } from './rule.ts';

/** Only multi-Region keys have a primary role that can move; the property is fixed when a key is made. */
export const multiRegion: Rule = ({ readings }) => {
  const single = seen(readings).find((view) => !view.multiRegion);
  return single === undefined ? pass : refuse('NOT_MULTI_REGION', `a single-Region key in ${single.region}`);
};
