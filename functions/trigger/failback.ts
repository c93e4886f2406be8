import type { Intent } from '../../core/coordination/intent.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { FleetHistory } from '../../core/decision/history.ts';
import { known } from '../../core/decision/known.ts';
import { propose } from '../../core/decision/propose.ts';
import type { RuleCode } from '../../core/decision/rules.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { intentId } from '../../core/run/name.ts';
import { healthySinceOf } from '../frame/deciding/probe.ts';
import type { Runtime } from '../frame/runtime.ts';
import { finishApproval } from './approved.ts';
import { ask } from './ask.ts';
import { begin } from './begin.ts';
import { lookAt } from './look.ts';
import { recordId } from './record-id.ts';
import { type FleetVerdict, settledOnce } from './settle.ts';
import type { Subject } from './subject.ts';
import { weighRun } from './weigh.ts';

/** These pass by themselves, or a look later finds them gone: nobody is asked about them. */
const PASSING: readonly RuleCode[] = [
  'COOLDOWN',
  'COOLDOWN_UNKNOWN',
  'REVERSAL',
  'REVERSAL_UNKNOWN',
  'TARGET_UNKNOWN',
  'HOME_UNKNOWN',
  'ELIGIBILITY_UNKNOWN',
];

/**
 * The way home of a fleet that a failover took away, once its home has been well for the fleet's stability window: begun where the
 * fleet file lets it, else proposed to a person, once for each move.
 */
export const goHome = async (runtime: Runtime, subject: Subject): Promise<readonly FleetVerdict[]> => {
  const { name, fleet } = subject;
  const history = (await runtime.table.read<FleetHistory>('fleet', name))?.value ?? {};
  const { lastMove } = history;
  if (lastMove === undefined || lastMove.operation !== 'failover' || lastMove.target === fleet.home) return [];
  if (!(await isStable(runtime, name, fleet))) return [];
  const record = recordId(name, 'failback', lastMove.runId);
  if ((await runtime.table.read<Decision>('decision', record))?.value.state === 'decided') {
    const finished = await finishApproval(runtime, record);
    return finished === undefined ? [] : [finished];
  }

  const look = await lookAt(runtime, subject, { primariesIn: lastMove.target });
  // Whether the fleet may go by itself the guards decide, and not whether it is proposed at all.
  const willing: Fleet = { ...fleet, failback: { ...fleet.failback, automatic: true } };
  const tick = { kind: 'tick', at: undefined } as const;
  const { primaries, verdicts } = look;
  const now = runtime.clock.now();
  const asked = propose(tick, { fleetName: name, fleet: willing, now, verdicts, incidents: known([]), history: known(history), primaries });
  if (asked.kind === 'settled') return [];
  const { request } = asked;
  if ((await runtime.table.read<Intent>('intent', intentId(request))) !== undefined) return [];
  const proposal = await weighRun(runtime, subject, asked, look);
  const isWorthAQuestion = proposal.decision === 'approve' && !PASSING.includes(proposal.rule);
  if (proposal.decision !== 'start' && !isWorthAQuestion) return [];

  const signal = `reconcile: ${fleet.home} is well again`;
  const verdict = await settledOnce(runtime, record, { fleet: name, signal }, async () =>
    proposal.decision === 'start'
      ? begin(runtime, { request, signal, record }, proposal)
      : ask(runtime, subject, record, { ...proposal, request }, look),
  );
  return [verdict];
};

/** Asked before anything that costs calls: most ticks of a fleet that is away come too early. */
const isStable = async (runtime: Runtime, name: string, { home, failback }: Fleet): Promise<boolean> => {
  const since = await healthySinceOf(runtime, name, home);
  return since !== undefined && runtime.clock.now() - since >= failback.stableMinutes * 60_000;
};
