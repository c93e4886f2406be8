import { type DecisionMade, planRefusalId } from '../../core/decision/decision.ts';
import { type Judgement, objectionsIn } from '../../core/decision/evaluate.ts';
import type { Start } from '../../core/decision/start.ts';
import type { RunRequest } from '../../core/run/request.ts';
import type { Runtime } from '../frame/runtime.ts';

export interface RefusedRun {
  readonly runId: string;
  readonly request: RunRequest;
  readonly asked: { readonly start: Start };
}

/** Who wanted the run, as the record names it. */
const WANTED_BY: Readonly<Record<Start['by'], string>> = {
  signal: 'a signal',
  schedule: 'the schedule',
  'follow-up': 'the intent of an earlier run',
  person: 'a person',
  approval: 'a person who approved it',
};

/** Writes down why the guards let a run not begin. */
export const putRefusalOnRecord = async (runtime: Runtime, { runId, request, asked }: RefusedRun, judgement: Judgement): Promise<void> => {
  const against = objectionsIn(judgement);
  const [first] = against;
  if (first === undefined) return;
  await putOnRecord(runtime, runId, {
    fleet: request.fleet,
    signal: `Step Functions: run ${runId} was started for ${WANTED_BY[asked.start.by]}, and made its plan`,
    rule: first.rule,
    why: `The run was refused before it touched a key. Against it: ${against.map(({ why }) => why).join('; ')}.`,
    liftedBy: against.map(({ liftedBy }) => liftedBy),
    request,
    judgement,
  });
};

/** Writes down that a run may not begin because another one holds its fleet. */
export const putLeaseRefusalOnRecord = (runtime: Runtime, runId: string, fleet: string, why: string): Promise<void> =>
  putOnRecord(runtime, runId, {
    fleet,
    signal: `Step Functions: run ${runId} was started, and asked for the lease of fleet ${fleet}`,
    rule: 'LEASE_HELD',
    why: `The run was refused before it touched a key: ${why}.`,
    liftedBy: ['the end of that run'],
  });

type Refused = Pick<DecisionMade, 'fleet' | 'signal' | 'rule' | 'why' | 'liftedBy' | 'request' | 'judgement'>;

/** Item `decision` / `<fleet>/plan-<runId>`. A plan that is repeated writes it once. */
const putOnRecord = async (runtime: Runtime, runId: string, refused: Refused): Promise<void> => {
  const decision: DecisionMade = { state: 'decided', at: runtime.clock.now(), verb: 'observe', runId, ...refused };
  await runtime.table.write('decision', planRefusalId(refused.fleet, runId), decision, 0);
};
