import type { Verb } from './decision.ts';
import type { Objection } from './guard.ts';
import { cooldown } from './guards/cooldown.ts';
import { enoughEligible } from './guards/enough-eligible.ts';
import { homeStable } from './guards/home-stable.ts';
import { impairment } from './guards/impairment.ts';
import { lease } from './guards/lease.ts';
import { posture } from './guards/posture.ts';
import { reversal } from './guards/reversal.ts';
import { stopAlarms } from './guards/stop-alarms.ts';
import { stopSwitch } from './guards/stop-switch.ts';
import { targetAllowed } from './guards/target-allowed.ts';
import { targetHealthy } from './guards/target-healthy.ts';

/** One way in which a decision comes about. */
export interface Rule {
  readonly decision: Verb;
  /** What is so, in a sentence without its full stop. */
  readonly means: string;
  /** What would lift it; undefined where there is nothing to lift. */
  readonly liftedBy?: string;
}

/** The rules that are no guard's objection. */
const OWN_RULES = {
  SOURCE_DEGRADED: {
    decision: 'start',
    means: 'the signal is confirmed: KMS in the source is in trouble and still answers, so keys can be moved while it does',
  },
  SOURCE_UNREACHABLE: {
    decision: 'start',
    means: 'the signal is confirmed: KMS in the source does not answer; keys are parked, and moved when it answers again',
  },
  HOME_STABLE: { decision: 'start', means: 'the home has answered without trouble for long enough, and the fleet may go home by itself' },
  DRILL_DUE: { decision: 'start', means: 'a drill of the fleet is due, and nothing speaks against it' },
  WHEREABOUTS_UNKNOWN: {
    decision: 'approve',
    means: 'nobody could say where the fleet’s primaries are',
    liftedBy: 'a Region of the fleet that lets its keys be described, or a person who approves',
  },
  INCIDENT_REOPENED: {
    decision: 'approve',
    means: 'an incident that had its run and was over goes on again, and primaries of the fleet are in its Region',
    liftedBy: 'a person who approves',
  },
  DRILL_AWAY_FROM_HOME: {
    decision: 'observe',
    means: 'a drill is due while the fleet is not at home, so there is nothing to rehearse',
    liftedBy: 'a failback; the next drill is held then',
  },
  ALARM_WITHOUT_DATA: {
    decision: 'observe',
    means: 'an alarm of the fleet has no data, which is neither trouble nor its absence',
    liftedBy: 'the alarm’s change to ALARM, an event of AWS Health, or a person who starts the run',
  },
  NOT_A_SIGNAL: { decision: 'ignore', means: 'the event is of a kind that starts nothing' },
  NO_FLEET_CONCERNED: { decision: 'ignore', means: 'no fleet lives in the Region, names the alarm, or has the drill’s name' },
  NOT_AN_ISSUE: { decision: 'ignore', means: 'AWS Health announces something that is no operational issue' },
  SERVICE_NOT_WATCHED: {
    decision: 'ignore',
    means: 'the fleet does not listen to this service of AWS Health',
    liftedBy: 'naming the service under `services` in the fleet file',
  },
  NOT_OUR_ACCOUNT: { decision: 'ignore', means: 'the event is about one account, and the fleet has no keys in it' },
  NO_REGION_NAMED: {
    decision: 'ignore',
    means: 'the event is global or names no Region, and primaries cannot be moved away from everywhere',
  },
  NOT_OPEN: { decision: 'ignore', means: 'the incident is announced for later, or is closed' },
  NOT_BEGUN: {
    decision: 'ignore',
    means: 'the incident has not begun yet',
    liftedBy: 'its beginning, which AWS Health tells in an update',
  },
  ENDED: { decision: 'ignore', means: 'the incident has ended, whatever its status says' },
  STALE: {
    decision: 'ignore',
    means: 'the signal is old: it was late, or is replayed',
    liftedBy: 'a newer signal about the same trouble, or a person who starts the run',
  },
  ALARM_OFF: { decision: 'ignore', means: 'the alarm is not in ALARM' },
  NONE_SEEN_THERE: {
    decision: 'observe',
    means: 'no primary was seen in the Region in trouble, and not every key of the fleet could be looked at, or a run brings some there',
    liftedBy: 'the tick, which looks again every minute, at other keys first, or a person who starts the run',
  },
  NO_PRIMARIES_THERE: { decision: 'ignore', means: 'the fleet has no primaries in the Region in trouble' },
  ALREADY_STARTED: {
    decision: 'ignore',
    means: 'a run was started for this incident already, or for another one of the same trouble; what it leaves undone, the tick takes up',
  },
  DUPLICATE: { decision: 'ignore', means: 'another delivery of the same signal was decided already' },
  TICK: { decision: 'ignore', means: 'the tick brings no news: it makes trigger look after open incidents and intents' },
  PROMOTION_ON_RECORD: {
    decision: 'ignore',
    means: 'a record of a promotion starts nothing: it is compared with the promotions that were ordered',
  },
  EXECUTION_ENDED_BADLY: {
    decision: 'ignore',
    means: 'a run ended before its report: it is closed out, and the tick goes on with its intent',
  },
  EXECUTION_CHANGED: { decision: 'ignore', means: 'a run began, or ended as it should' },
} as const satisfies Readonly<Record<string, Rule>>;

const ofGuard = <Code extends string>({ objections }: { readonly objections: Readonly<Record<Code, Objection>> }): Record<Code, Rule> => {
  const rules = Object.entries<Objection>(objections).map(([code, { turnsInto, means, liftedBy }]) => [
    code,
    { decision: turnsInto, means, liftedBy },
  ]);
  return Object.fromEntries(rules);
};

/** Every rule by its code: the closed table behind each decision. */
export const RULES = {
  ...OWN_RULES,
  ...ofGuard(posture),
  ...ofGuard(stopSwitch),
  ...ofGuard(lease),
  ...ofGuard(impairment),
  ...ofGuard(stopAlarms),
  ...ofGuard(targetAllowed),
  ...ofGuard(targetHealthy),
  ...ofGuard(cooldown),
  ...ofGuard(reversal),
  ...ofGuard(enoughEligible),
  ...ofGuard(homeStable),
} as const satisfies Readonly<Record<string, Rule>>;
export type RuleCode = keyof typeof RULES;
