import { type IncidentSignal, isToBeJudgedAgain, type Watch } from '../../core/coordination/watch.ts';
import type { Decision } from '../../core/decision/decision.ts';
import { signalInWords } from '../../core/signal/identity.ts';
import type { Runtime } from '../frame/runtime.ts';
import { begunFor, carriedOut } from './incident.ts';
import { recordId } from './record-id.ts';
import { type FleetVerdict, settledOnce } from './settle.ts';
import type { Subject } from './subject.ts';
import { type Answered, noteAnswer, watchesOf } from './watches.ts';
import { weigh } from './weigh.ts';

/**
 * Judges the incidents of a fleet again that go on and that nothing was done about, since what stood in the way may have passed.
 * Only another answer than the last one is put on record, and acted on.
 */
export const watchAgain = async (runtime: Runtime, subject: Subject): Promise<readonly FleetVerdict[]> => {
  const all = await watchesOf(runtime, subject.name);
  const due = (all?.watches ?? []).filter((watch) => isToBeJudgedAgain(watch, runtime.clock.now()));
  const verdicts: FleetVerdict[] = [];
  // One after the other: what the first begins, the next has to know.
  for (const watch of due) {
    const begun = await begunFor(runtime, subject.name, watch);
    if (begun === undefined && watch.signal !== undefined) verdicts.push(...(await judgedAgain(runtime, subject, watch, watch.signal)));
  }
  return verdicts;
};

const judgedAgain = async (
  runtime: Runtime,
  subject: Subject,
  { incident, region, last, changes }: Watch,
  signal: IncidentSignal,
): Promise<readonly FleetVerdict[]> => {
  const weighed = await weigh(runtime, signal, subject, { inTrouble: region });
  const { decision, rule } = weighed.proposal;
  if (last?.verb === decision && last.rule === rule) return [];
  const id = recordId(subject.name, 'again', incident, changes);
  const about = { fleet: subject.name, signal: `reconcile: ${signalInWords(signal)}` };
  const verdict = await settledOnce(runtime, id, about, () => carriedOut(runtime, signal, subject, id, weighed, false));
  const answer = verdict.rule === 'DUPLICATE' ? await answerOnRecord(runtime, id) : weighed.proposal;
  if (answer !== undefined) await noteAnswer(runtime, subject.name, incident, answer);
  return [verdict];
};

/** What somebody else decided at this look, perhaps otherwise: only what was acted on is noted, or this answer would never be given. */
const answerOnRecord = async (runtime: Runtime, id: string): Promise<Answered | undefined> => {
  const { verb, rule } = (await runtime.table.read<Decision>('decision', id))?.value ?? {};
  return verb === undefined || rule === undefined ? undefined : { decision: verb, rule };
};
