import { closed, type Intent } from '../../core/coordination/intent.ts';
import { AFTERCARE_RULES, type AftercareRule } from '../../core/decision/aftercare.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { intentId } from '../../core/run/name.ts';
import { asSentence } from '../../core/words/sentence.ts';
import { instant } from '../../core/words/time.ts';
import { replaceItem } from '../frame/item.ts';
import { storedInventory } from '../frame/keys/stored-inventory.ts';
import type { Runtime } from '../frame/runtime.ts';
import { finishApproval } from './approved.ts';
import { ask } from './ask.ts';
import { recordId } from './record-id.ts';
import { recoveryRecord } from './recovery-record.ts';
import { settledOnce } from './settle.ts';

/**
 * What becomes of an intent whose incident was over before its keys were through, as the fleet file says under `onRecovery`. By
 * default a move that was begun is completed; one that has moved no key yet is a matter for a person.
 * @returns why the next run is not started, or undefined when it may be
 */
export const afterRecovery = async (runtime: Runtime, intent: Intent, fleet: Fleet): Promise<string | undefined> => {
  const { request, incidentOverAt } = intent;
  if (incidentOverAt === undefined) return undefined;
  const isBegun = intent.moved === true;
  if (fleet.onRecovery === 'complete' && isBegun) return undefined;

  const id = intentId(request);
  const over = `the incident was over at ${instant(incidentOverAt)}, before every key of fleet ${request.fleet} was in ${request.target}`;
  const about = { fleet: request.fleet, signal: `reconcile: the incident of intent ${id} is over` };
  if (fleet.onRecovery === 'leave') {
    const why = `${over}; its file says onRecovery: leave, so the others stay where they are`;
    await settledOnce(runtime, recordId(request.fleet, 'left', id), about, async () => ({
      decision: { ...words('RECOVERED_LEAVE', why), request },
    }));
    await replaceItem<Intent>(runtime, 'intent', id, (current) => closed(current, why));
    return why;
  }
  const record = recoveryRecord(request, incidentOverAt);
  const answer = (await runtime.table.read<Decision>('decision', record))?.value;
  if (answer?.approval?.state === 'approved') {
    const finished = await finishApproval(runtime, record);
    return finished === undefined ? undefined : `${over}, and run ${finished.runId} was started, as a person approved`;
  }
  const why = `${over}; ${isBegun ? 'its file says onRecovery: ask' : 'none has moved yet'}, so a person is asked whether they follow`;
  if (answer?.state !== 'decided')
    await settledOnce(runtime, record, about, async () => {
      const { verb: decision, ...said } = words('RECOVERED_ASK', why);
      const proposal = { decision, fleet: request.fleet, request, ...said };
      const { keys } = await storedInventory(runtime, request.fleet);
      return ask(runtime, { fleet }, record, proposal, { keys, verdicts: new Map() });
    });
  return why;
};

const words = (rule: AftercareRule, why: string) => {
  const { decision: verb, liftedBy } = { liftedBy: undefined, ...AFTERCARE_RULES[rule] };
  return { verb, rule, why: asSentence(why), liftedBy: liftedBy === undefined ? [] : [liftedBy] };
};
