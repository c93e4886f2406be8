import { isToCome } from '../coordination/spoken-at.ts';
import { regionWatchedBy } from '../fleet/alarm.ts';
import { relevance, staleAfterMs } from '../health/relevance.ts';
import { type Region, regionSchema } from '../region.ts';
import type { RunRequest } from '../run/request.ts';
import { requestFrom } from '../run/request-from.ts';
import type { AlarmChange } from '../signal/alarm.ts';
import type { DrillDue } from '../signal/drill-due.ts';
import { incidentOfSignal } from '../signal/identity.ts';
import type { Signal } from '../signal/signal.ts';
import { instant, span } from '../words/time.ts';
import { chooseTarget } from './choose-target.ts';
import { concernsNone } from './concern.ts';
import type { Proposal } from './proposal.ts';
import { RULES, type Rule, type RuleCode } from './rules.ts';
import type { Place } from './situation.ts';
import type { Start } from './start.ts';

/** A run that a signal asks for. The guards have not been asked yet. */
export interface Asked {
  readonly kind: 'asked';
  readonly request: RunRequest;
  readonly start: Start;
  /** What the signal says, in sentences. */
  readonly reason: string;
  /** Nobody could say where the primaries are; why, in words. */
  readonly doubt?: string;
  /** What was done for the incident before it was over, in words, when it goes on again. */
  readonly before?: string;
}

/** What a signal asks for, or what it comes to without asking any guard. */
type Proposed = Asked | { readonly kind: 'settled'; readonly proposal: Proposal };

/** A drill that is so late is no longer the drill that was planned. */
const DRILL_LATE_MS_MAX = 60 * 60_000;

/** What a signal asks of one fleet. Pure; the first half of `decide`, for callers that look up the rest only when it is needed. */
export const propose = (signal: Signal, place: Place): Proposed => {
  if (place.isDuplicate === true) return settled(place, 'DUPLICATE', 'Another delivery of the same signal was decided already.');
  switch (signal.kind) {
    case 'health': {
      const event = { ...signal.event, lastUpdatedAt: signal.event.lastUpdatedAt ?? signal.at };
      const concern = relevance(event, place.now, place.fleet);
      if (!concern.relevant) return settled(place, concern.rule, concern.reason);
      return failover(signal, place, regionSchema.parse(event.eventRegion), concern.reason);
    }
    case 'alarm':
      return ofAlarm(signal, signal.alarm, place);
    case 'drill-due':
      return ofDrill(signal, signal.drill, place);
    case 'tick':
      return ofTick(place) ?? { kind: 'settled', proposal: { ...concernsNone(signal), fleet: place.fleetName } };
    case 'promotion':
    case 'execution':
      return { kind: 'settled', proposal: { ...concernsNone(signal), fleet: place.fleetName } };
  }
};

const settled = ({ fleetName }: Place, rule: RuleCode, why: string): Proposed => {
  const { decision, liftedBy }: Rule = RULES[rule];
  return { kind: 'settled', proposal: { decision, fleet: fleetName, rule, why, liftedBy: liftedBy === undefined ? [] : [liftedBy] } };
};

const failover = (signal: Signal, place: Place, source: Region, reason: string): Proposed => {
  const { primaries, begun } = place;
  const run = begun?.runId === undefined ? 'a run is being started' : `run ${begun.runId} was started`;
  // One automatic run for each incident: whether one that was over and goes on again gets another, a person says.
  const isAgain = begun?.state === 'closed' && begun.isReopened === true;
  if (begun !== undefined && !isAgain) {
    return settled(place, 'ALREADY_STARTED', `For this incident ${run} already.`);
  }
  // A drill takes keys there any moment, or brings them back there.
  const isOfDrill = place.drill?.target === source || place.drill?.source === source;
  if (!isOfDrill && primaries.kind === 'known' && (primaries.value.get(source) ?? 0) === 0) return noneSeen(place, source);
  const choice = chooseTarget(place, source);
  const target = choice?.target ?? source;
  const incident = incidentOfSignal(signal) ?? '';
  return {
    kind: 'asked',
    request: { fleet: place.fleetName, operation: 'failover', source, target, incident },
    start: { by: 'signal' },
    reason: [reason, choice?.why ?? ''].join(' ').trim(),
    ...(primaries.kind === 'unknown' ? { doubt: primaries.why } : {}),
    ...(isAgain ? { before: run } : {}),
  };
};

/** No more is said than was seen: a few keys that a run left behind are easily missed among thousands. */
const noneSeen = (place: Place, source: Region): Proposed => {
  const { fleetName, unseen, arrivingIn } = place;
  if (arrivingIn === source)
    return settled(
      place,
      'NONE_SEEN_THERE',
      `No primary of fleet ${fleetName} was seen in ${source} yet, and a run is bringing some there.`,
    );
  if (unseen === undefined) return settled(place, 'NO_PRIMARIES_THERE', `Fleet ${fleetName} has no primaries in ${source}.`);
  const seen = unseen.of - unseen.keys;
  const why = `None of the ${seen} keys of fleet ${fleetName} that were looked at has its primary in ${source}; of ${unseen.keys} more it is not known yet.`;
  return settled(place, 'NONE_SEEN_THERE', why);
};

const ofAlarm = (signal: Signal, alarm: AlarmChange, place: Place): Proposed => {
  const watched = regionWatchedBy(place.fleet, alarm);
  const subject = `Alarm ${alarm.name}${watched === undefined ? '' : `, which watches ${watched},`} is in ${alarm.state}`;
  const says = isToCome(alarm.since, place.now)
    ? `${subject}, dated ${instant(alarm.since)}, which is still to come`
    : `${subject} since ${instant(alarm.since)}`;
  if (alarm.state === 'OK') return settled(place, 'ALARM_OFF', `${says}.`);
  if (alarm.state !== 'ALARM') return settled(place, 'ALARM_WITHOUT_DATA', `${says}, which is neither trouble nor its absence.`);
  if (place.now - alarm.since > staleAfterMs) return settled(place, 'STALE', `${says}, more than two hours ago.`);
  return failover(signal, place, watched ?? mostPrimaries(place), `${says}.`);
};

const ofDrill = (signal: Signal, drill: DrillDue, place: Place): Proposed => {
  const { fleet, fleetName, now, primaries, begun } = place;
  const says = `A drill of fleet ${fleetName} was due at ${instant(drill.scheduledAt)}.`;
  const lateMs = now - drill.scheduledAt;
  if (lateMs > DRILL_LATE_MS_MAX) return settled(place, 'STALE', `${says} That is ${span(lateMs)} ago.`);
  if (begun !== undefined) return settled(place, 'ALREADY_STARTED', `${says} It was begun already.`);
  const where = mostPrimaries(place);
  if (primaries.kind === 'known' && where !== fleet.home)
    return settled(place, 'DRILL_AWAY_FROM_HOME', `${says} The fleet’s primaries are in ${where}, not at home in ${fleet.home}.`);
  const input = { fleet: fleetName, operation: 'drill', reason: incidentOfSignal(signal) ?? '' } as const;
  const made = requestFrom(input, fleet, new Map([[fleet.home, 1]]));
  if ('problems' in made) return settled(place, 'DRILL_AWAY_FROM_HOME', `${says} ${made.problems.join(' ')}`);
  return {
    kind: 'asked',
    request: made.request,
    start: { by: 'schedule' },
    reason: says,
    ...(primaries.kind === 'unknown' ? { doubt: primaries.why } : {}),
  };
};

/** The way home of a fleet that may go by itself: only from where a failover brought it, since a switchover was somebody's wish. */
const ofTick = (place: Place): Asked | undefined => {
  const { fleet, fleetName, history, primaries } = place;
  if (!fleet.failback.automatic || history.kind === 'unknown' || primaries.kind === 'unknown' || place.begun !== undefined)
    return undefined;
  const { lastMove } = history.value;
  if (lastMove === undefined || lastMove.operation !== 'failover' || (primaries.value.get(lastMove.target) ?? 0) === 0) return undefined;
  if (lastMove.target === fleet.home) return undefined;
  return {
    kind: 'asked',
    request: {
      fleet: fleetName,
      operation: 'failback',
      source: lastMove.target,
      target: fleet.home,
      incident: `failback-${lastMove.runId}`,
    },
    start: { by: 'signal' },
    reason: `Run ${lastMove.runId} brought fleet ${fleetName} to ${lastMove.target}, and it may go home by itself.`,
  };
};

/** The Region that holds most of the fleet's primaries; the home when nobody can say. */
const mostPrimaries = ({ primaries, fleet }: Place): Region => {
  if (primaries.kind === 'unknown') return fleet.home;
  return [...primaries.value].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? fleet.home;
};
