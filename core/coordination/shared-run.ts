import { intentId } from '../run/name.ts';
import type { RunRequest } from '../run/request.ts';
import { type Intent, isWaiting } from './intent.ts';
import { type FleetWatch, isOver, type Watch, watchOf } from './watch.ts';

/** Whether two failovers would take the same fleet the same way: of one trouble that two signals tell, one run is enough. */
export const isSameWay = (a: RunRequest, b: RunRequest): boolean =>
  a.operation === 'failover' && b.operation === 'failover' && a.fleet === b.fleet && a.source === b.source && a.target === b.target;

/** Whether a run is for the incident: its own one, or one that has joined it. */
export const isFor = ({ incident, request }: Watch, run: RunRequest): boolean =>
  incident === run.incident || (request !== undefined && intentId(request) === intentId(run));

/** Says by a fleet's watch list which run of another incident a run would only repeat. */
export type Sharing = (all: FleetWatch | undefined) => RunRequest | undefined;

/**
 * What another incident was given that wants the same: its intent waits, or it was decided on a moment ago and its intent is not
 * open yet. Pure.
 * @param intents the intents that there are, by ID
 * @param spent the IDs of open ones that have no further run: who joined one of them would wait for nothing
 */
export const sharedRun = (
  all: FleetWatch | undefined,
  request: RunRequest,
  intents: ReadonlyMap<string, Intent>,
  now: number,
  spent?: ReadonlySet<string>,
): RunRequest | undefined => {
  const isOther = (other: RunRequest): boolean => isSameWay(other, request) && other.incident !== request.incident;
  const [oldest] = [...intents.values()]
    .filter((intent) => isWaiting(intent, now) && isOther(intent.request) && spent?.has(intentId(intent.request)) !== true)
    .toSorted((a, b) => a.openedAt - b.openedAt);
  if (oldest !== undefined) return oldest.request;
  return all?.watches.find((watch) => watch.request !== undefined && isOther(watch.request) && isBeingBegun(watch, intents, now))?.request;
};

const isBeingBegun = (watch: Watch, intents: ReadonlyMap<string, Intent>, now: number): boolean =>
  watch.request !== undefined && !intents.has(intentId(watch.request)) && !isOver(watch, now);

/**
 * Whether the trouble is over that a run was begun for: the run's own incident, and every other one that shares the run. What a person
 * began has no incident, and no signal ends it.
 */
export const isTroubleOver = (all: FleetWatch | undefined, request: RunRequest, now: number): boolean => {
  const id = intentId(request);
  const sharing = (all?.watches ?? []).filter((watch) => watch.request !== undefined && intentId(watch.request) === id);
  const own = watchOf(all, request.incident);
  return own !== undefined && [own, ...sharing].every((watch) => isOver(watch, now));
};

/** Whether an incident was noted under the run of another one. */
export const hasJoined = ({ incident, request }: Watch): boolean => request !== undefined && request.incident !== incident;

/**
 * Whether an incident that joined another one's run has to be judged by itself again, since nothing comes of that any more: the time of
 * the shared intent is over, or the other incident was over before anybody had opened it. One that was over itself waits for a person.
 * @param intent that of the run that it joined
 */
export const isLeftAlone = (all: FleetWatch | undefined, watch: Watch, intent: Intent | undefined, now: number): boolean => {
  if (watch.request === undefined || !hasJoined(watch) || watch.overAt !== undefined || watch.isReopened === true) return false;
  if (intent !== undefined) return intent.isGivenUp === true;
  const other = watchOf(all, watch.request.incident);
  return other !== undefined && isOver(other, now);
};
