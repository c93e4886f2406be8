import { givenUp, type Intent, isExpired } from '../../core/coordination/intent.ts';
import { goingOnFor } from '../../core/coordination/shared-question.ts';
import { isLeftAlone } from '../../core/coordination/shared-run.ts';
import { AFTERCARE_RULES } from '../../core/decision/aftercare.ts';
import { asSentence } from '../../core/words/sentence.ts';
import { instant } from '../../core/words/time.ts';
import { loadFleets } from '../frame/fleets.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { abstains } from './abstains.ts';
import { anotherFirst } from './another-first.ts';
import { atOnce } from './at-once.ts';
import { unlessBeingDecided } from './claim.ts';
import { type FollowUp, followUp } from './follow-up.ts';
import { forgetIntents } from './forget.ts';
import { closeInPlace, type Placed, placed } from './in-place.ts';
import { recordId } from './record-id.ts';
import { tellRefusal } from './refusal.ts';
import { settledOnce } from './settle.ts';
import { watchesOf } from './watches.ts';

/** What the tick found for one open intent. */
export interface IntentVerdict extends Omit<FollowUp, 'verdict' | 'refusal'> {
  readonly intent: string;
  readonly verdict: FollowUp['verdict'] | 'expired';
}

/** Looks after the open intents: what blocked keys, lost runs and lost reports left unfinished is taken up by the next run. Old ones are forgotten. */
export const lookAfterIntents = async (runtime: Runtime): Promise<readonly IntentVerdict[]> => {
  const intents = await runtime.table.list<Intent>('intent');
  const open = anotherFirst(
    intents.filter(({ value }) => value.state === 'open' && !isLeftToPeers(runtime, value)),
    runtime.clock.now(),
  );
  const verdicts = await atOnce(open, async ({ id, value }): Promise<IntentVerdict> => {
    const look = isExpired(value, runtime.clock.now()) ? expired(runtime, id, value) : next(runtime, id, value);
    return unlessBeingDecided(look, { intent: id, verdict: 'running', why: 'somebody else looks after it at this moment' });
  });
  await forgetIntents(runtime, intents);
  return verdicts;
};

/** What leaves a control Region that is in trouble is looked after by the others, as long as the trouble lasts. */
const isLeftToPeers = (runtime: Runtime, { request, incidentOverAt }: Intent): boolean =>
  request.operation === 'failover' && incidentOverAt === undefined && abstains(runtime, request.source);

const next = async (runtime: Runtime, id: string, intent: Intent): Promise<IntentVerdict> => {
  const { refusal, ...found } = await followUp(
    runtime,
    id,
    intent,
    'reconcile: the intent is open, and nothing keeps it from its next run',
  );
  if (refusal !== undefined) await tellRefusal(runtime, intent, refusal);
  return { intent: id, ...found };
};

const withoutFleetFile = (name: string): Placed => ({ isDone: false, why: `the fleet file has no fleet ${name} any more` });

/** Gives an intent up that nobody could finish in its time, and says so once, and where its keys are. */
const expired = async (runtime: Runtime, id: string, intent: Intent): Promise<IntentVerdict> => {
  const { request, openedAt } = intent;
  const { fleet: name, source, target } = request;
  const fleet = (await loadFleets(runtime)).get(name);
  const found = fleet === undefined ? withoutFleetFile(name) : await placed(runtime, request, fleet);
  if (found.isDone) {
    await closeInPlace(runtime, intent, found.why);
    return { intent: id, verdict: 'in-place', why: found.why };
  }
  const what =
    request.operation === 'drill'
      ? `the drill of fleet ${name} from ${source} to ${target} and back`
      : `the intent to bring fleet ${name} from ${source} to ${target}`;
  const all = await watchesOf(runtime, name);
  const after = { ...intent, isGivenUp: true } as const;
  const joined = goingOnFor(all, request).filter((watch) => isLeftAlone(all, watch, after, runtime.clock.now()));
  const others = joined.length === 0 ? '' : '; another incident of the same trouble goes on, and is judged by itself from now on';
  const why = `${what} is open since ${instant(openedAt)}, which is more than 24 hours, and ${found.why}${others}`;
  const { decision: verb, liftedBy } = AFTERCARE_RULES.INTENT_EXPIRED;
  await settledOnce(runtime, recordId(name, 'expired', id, openedAt), { fleet: name, signal: `reconcile: intent ${id}` }, async () => ({
    decision: { verb, rule: 'INTENT_EXPIRED', why: asSentence(why), liftedBy: [liftedBy], request },
  }));
  await replaceItem<Intent>(runtime, 'intent', id, (current) => givenUp(current, why));
  return { intent: id, verdict: 'expired', why };
};
