import { seen } from '../key/agree.ts';
import { pass, type Rule, refuse, unknown } from './rule.ts';

/** UpdatePrimaryRegion promotes an existing replica; it never makes one. Both sides are asked, since either may lag. */
export const targetHoldsReplica: Rule = ({ target, readings }) => {
  const reading = readings.get(target);
  if (reading?.kind === 'seen') return pass;
  if (reading?.code === 'denied') return refuse('DENIED_TARGET', reading.message);
  if (reading?.code === 'not-found') {
    const believers = seen(readings).filter((view) => view.regions.includes(target));
    return believers.length > 0
      ? unknown(`${target} does not know the key, but ${believers[0]?.region} lists a replica there`)
      : refuse('NO_REPLICA', `no replica in ${target}`);
  }
  return unknown(`${target}: ${reading === undefined ? 'not asked' : `${reading.errorName} ${reading.message}`}`);
};
