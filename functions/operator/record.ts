import type { Decision, Verb } from '../../core/decision/decision.ts';
import type { RunRequest } from '../../core/run/request.ts';
import type { Runtime } from '../frame/runtime.ts';
import { announce } from '../frame/telling/announce.ts';
import type { Caller } from './deed.ts';

/** A deed, as the record of decisions keeps it. */
export interface DeedOnRecord {
  /** The fleet, or `all` for a deed that concerns every fleet. */
  readonly fleet: string;
  readonly signal: string;
  readonly verb: Verb;
  readonly rule: string;
  readonly why: string;
  readonly liftedBy?: readonly string[];
  readonly request?: RunRequest;
  readonly runId?: string;
}

/** Writes down what an operator did, under the caller's ARN, and tells the bus. A repeated delivery is written once. */
export const putOnRecord = async (runtime: Runtime, caller: Caller, deed: DeedOnRecord): Promise<void> => {
  const at = runtime.clock.now();
  const id = `${deed.fleet}/operator-${caller.requestId}`;
  const decision: Decision = { state: 'decided', at, by: caller.arn, liftedBy: [], ...deed };
  await runtime.table.write('decision', id, decision, 0);
  const { request } = deed;
  const asked = request === undefined ? {} : { operation: request.operation, source: request.source, target: request.target };
  await announce(runtime, [
    {
      detailType: 'Decision Made',
      detail: {
        eventId: id,
        decision: id,
        fleet: deed.fleet,
        signal: deed.signal,
        verb: deed.verb,
        rule: deed.rule,
        why: deed.why,
        liftedBy: [...(deed.liftedBy ?? [])],
        ...asked,
        ...(deed.runId === undefined ? {} : { runId: deed.runId }),
        at,
      },
    },
  ]);
};
