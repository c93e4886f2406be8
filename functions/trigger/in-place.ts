import { closed, type Intent } from '../../core/coordination/intent.ts';
import { AFTERCARE_RULES } from '../../core/decision/aftercare.ts';
import { exceptionFor } from '../../core/fleet/exception.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { Region } from '../../core/region.ts';
import { intentId } from '../../core/run/name.ts';
import { type RunRequest, regionsOf } from '../../core/run/request.ts';
import { asSentence } from '../../core/words/sentence.ts';
import { hurried } from '../frame/hurried.ts';
import { replaceItem } from '../frame/item.ts';
import { searchedWhereabouts } from '../frame/keys/whereabouts.ts';
import type { Runtime } from '../frame/runtime.ts';
import { knownKeys, SAMPLE_READ_MS_MAX } from './look.ts';
import { recordId } from './record-id.ts';
import { settledOnce } from './settle.ts';

/** Whether the keys of an intent are where it wants them, and how that was found: a clause without its full stop. */
export interface Placed {
  readonly isDone: boolean;
  readonly why: string;
}

/**
 * Looks whether every key of the fleet is where the intent wants it, whoever brought it there: a drill's at home. Keys that the fleet
 * file excepts are not waited for, and a Region that a failover leaves is not asked.
 */
export const placed = async (runtime: Runtime, { operation, source, target, fleet: name }: RunRequest, fleet: Fleet): Promise<Placed> => {
  const now = runtime.clock.now();
  const keys = (await knownKeys(runtime, name, fleet)).filter((key) => exceptionFor(fleet, key, now).kind !== 'active');
  const where = operation === 'drill' ? source : target;
  const regions = regionsOf(fleet).filter((region) => operation !== 'failover' || region !== source);
  const isAway = (region: Region): boolean => region !== where;
  const { primaries, told } = await searchedWhereabouts(hurried(runtime, SAMPLE_READ_MS_MAX), keys, regions, isAway);
  const away = [...primaries].filter(([region]) => isAway(region)).map(([region, count]) => `${count} in ${region}`);
  if (away.length > 0)
    return { isDone: false, why: `of ${told} keys that were looked at, ${away.join(' and ')} have not come to ${where}` };
  if (told === keys.length && told > 0) return { isDone: true, why: `each of its ${told} keys has its primary in ${where}` };
  return { isDone: false, why: `of ${keys.length - told} of its ${keys.length} keys nobody could say whether they are in ${where}` };
};

/** Closes an intent that has nothing left to do, and puts that on record. */
export const closeInPlace = async (runtime: Runtime, { request, openedAt }: Intent, why: string): Promise<void> => {
  const id = intentId(request);
  const { decision: verb } = AFTERCARE_RULES.INTENT_IN_PLACE;
  const about = { fleet: request.fleet, signal: `reconcile: intent ${id}` };
  await settledOnce(runtime, recordId(request.fleet, 'in-place', id, openedAt), about, async () => ({
    decision: { verb, rule: 'INTENT_IN_PLACE', why: asSentence(`${why}, so there is nothing left to do`), liftedBy: [], request },
  }));
  await replaceItem<Intent>(runtime, 'intent', id, (current) => closed(current, why));
};
