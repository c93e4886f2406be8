import type { Signal } from '../signal/signal.ts';
import type { Verb } from './decision.ts';
import { evaluate, type Judgement, objectionsIn } from './evaluate.ts';
import type { Proposal } from './proposal.ts';
import type { Asked } from './propose.ts';
import { propose } from './propose.ts';
import { RULES, type RuleCode } from './rules.ts';
import type { Situation } from './situation.ts';
import { verdictIn } from './verdict-in.ts';

/** What a signal comes to for one fleet: pure, and nothing is started. */
export const decide = (signal: Signal, situation: Situation): Proposal => {
  const proposed = propose(signal, situation);
  if (proposed.kind === 'settled') return proposed.proposal;
  const { request, start } = proposed;
  return conclude(proposed, evaluate({ ...situation, request, start, override: [] }), situation);
};

/** One thing that stands against a run. */
interface Obstacle {
  readonly rule: RuleCode;
  readonly why: string;
  readonly liftedBy: string;
}

/** What comes of a run that a signal asks for, after the guards have answered. Pure; the second half of `decide`. */
export const conclude = (asked: Asked, judgement: Judgement, { verdicts }: Pick<Situation, 'verdicts'>): Proposal => {
  const { request } = asked;
  const obstacles = obstaclesOf(asked, judgement);
  const verbs = obstacles.map(({ rule }) => verbOf(rule, asked));
  const decision: Verb = verbs.includes('observe') ? 'observe' : verbs.length > 0 ? 'approve' : 'start';
  const deciding = obstacles[verbs.indexOf(decision)];
  return {
    decision,
    fleet: request.fleet,
    request,
    rule: deciding?.rule ?? startRule(asked, verdictIn(verdicts, request.source).verdict === 'unreachable'),
    why: [asked.reason, deciding === undefined ? favour(judgement) : against(deciding, obstacles), rehearsal(deciding, obstacles, asked)]
      .filter((sentence) => sentence !== '')
      .join(' '),
    liftedBy: obstacles.map(({ liftedBy }) => liftedBy),
    judgement,
  };
};

const obstaclesOf = (asked: Asked, judgement: Judgement): readonly Obstacle[] => [
  ...objectionsIn(judgement).map(({ rule, why, liftedBy }) => ({ rule: rule as RuleCode, why, liftedBy })),
  ...(asked.doubt === undefined
    ? []
    : [
        {
          rule: 'WHEREABOUTS_UNKNOWN' as const,
          why: `where the fleet’s primaries are is not known (${asked.doubt})`,
          liftedBy: RULES.WHEREABOUTS_UNKNOWN.liftedBy,
        },
      ]),
  ...(asked.before === undefined
    ? []
    : [
        {
          rule: 'INCIDENT_REOPENED' as const,
          why: `the incident was over and goes on again, and ${asked.before} for it then`,
          liftedBy: RULES.INCIDENT_REOPENED.liftedBy,
        },
      ]),
];

/** Nobody is asked in the night whether a drill may go: what would ask a person skips it. */
const verbOf = (rule: RuleCode, { start }: Asked): Verb => {
  const { decision } = RULES[rule];
  return decision === 'approve' && start.by === 'schedule' ? 'observe' : decision;
};

const startRule = ({ request: { operation } }: Asked, isSourceDark: boolean): RuleCode => {
  if (operation === 'drill') return 'DRILL_DUE';
  if (operation === 'failback') return 'HOME_STABLE';
  return isSourceDark ? 'SOURCE_UNREACHABLE' : 'SOURCE_DEGRADED';
};

const favour = ({ answers }: Judgement): string => {
  const notes = answers.flatMap((answer) => (answer.kind === 'pass' && answer.why !== undefined ? [answer.why] : []));
  return notes.length === 0 ? '' : `For it: ${notes.join('; ')}.`;
};

const against = (deciding: Obstacle, obstacles: readonly Obstacle[]): string => {
  const others = obstacles.filter((obstacle) => obstacle !== deciding);
  return `Against it: ${[deciding, ...others].map(({ why }) => why).join('; ')}.`;
};

/** A fleet that only observes is told what would have come of it. */
const rehearsal = (deciding: Obstacle | undefined, obstacles: readonly Obstacle[], asked: Asked): string => {
  if (deciding?.rule !== 'POSTURE_OBSERVE') return '';
  const { operation, source, target } = asked.request;
  const move = `a ${operation} from ${source} to ${target}`;
  const rest = obstacles.filter((obstacle) => obstacle !== deciding).map(({ rule }) => verbOf(rule, asked));
  if (rest.includes('observe')) return `Under the posture automatic, ${move} would have to wait as well.`;
  return rest.length > 0
    ? `Under the posture automatic, a person would be asked about ${move}.`
    : `Under the posture automatic, ${move} would start.`;
};
