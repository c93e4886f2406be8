import type { DecisionMade } from '../../core/decision/decision.ts';
import { decisionMade } from '../../core/decision/decision-made.ts';
import type { Runtime } from '../frame/runtime.ts';
import { announce } from '../frame/telling/announce.ts';
import type { Caller } from './deed.ts';

/** A deed, as the record of decisions keeps it; its fleet is `all` for a deed that concerns every fleet. */
type DeedOnRecord = Pick<DecisionMade, 'fleet' | 'signal' | 'verb' | 'rule' | 'why' | 'liftedBy' | 'request' | 'runId'>;

/** Writes down what an operator did, under the caller's ARN, and tells the bus. A repeated delivery is written once. */
export const putOnRecord = async (runtime: Runtime, caller: Caller, deed: DeedOnRecord): Promise<void> => {
  const id = `${deed.fleet}/operator-${caller.requestId}`;
  const decision: DecisionMade = { state: 'decided', at: runtime.clock.now(), by: caller.arn, liftedBy: [], ...deed };
  await runtime.table.write('decision', id, decision, 0);
  await announce(runtime, [decisionMade(id, decision)]);
};
