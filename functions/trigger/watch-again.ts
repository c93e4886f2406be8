import { type FleetWatch, type IncidentSignal, isToBeJudgedAgain, type Watch } from '../../core/coordination/watch.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import type { Begun } from '../../core/decision/situation.ts';
import { signalInWords } from '../../core/signal/identity.ts';
import type { Runtime } from '../frame/runtime.ts';
import { abstains } from './abstains.ts';
import { finishApproval } from './approved.ts';
import { atOnce } from './at-once.ts';
import { begunFor, carriedOut, joinAsked, reopened } from './incident.ts';
import { recordId } from './record-id.ts';
import { type FleetVerdict, settledOnce } from './settle.ts';
import { isRefuted, sharingOf } from './shared.ts';
import type { Subject } from './subject.ts';
import { type Answered, noteAnswer, watchesOf } from './watches.ts';
import { weigh } from './weigh.ts';

/** No other incident is begun with after so long: one may take 20 s while Regions are silent, and the function has 50 s. */
const JUDGING_MS_MAX = 25_000;
const TICK_MS = 60_000;

/**
 * Judges the incidents of a fleet again that go on and that nothing was done about, since what stood in the way may have passed.
 * Only another answer than the last one is put on record, and acted on.
 */
export const watchAgain = async (runtime: Runtime, subject: Subject): Promise<readonly FleetVerdict[]> => {
  for (const watch of (await watchesOf(runtime, subject.name))?.watches ?? []) await joinAsked(runtime, subject.name, watch);
  const all = await watchesOf(runtime, subject.name);
  const due = (all?.watches ?? []).filter((watch) => isToBeJudgedAgain(watch, runtime.clock.now()) && !abstains(runtime, watch.region));
  const verdicts: FleetVerdict[] = [...(await finishApprovals(runtime, all))];
  const startedAt = runtime.clock.now();
  // One after the other: what the first begins, the next has to know.
  for (const watch of inTurn(due, startedAt)) {
    if (runtime.clock.now() - startedAt >= JUDGING_MS_MAX) break;
    const agreed = await begunFor(runtime, subject.name, watch);
    const begun = agreed && (await reopened(runtime, watch, agreed.request));
    if ((agreed !== undefined && begun === undefined) || watch.signal === undefined) continue;
    verdicts.push(...(await judgedAgain(runtime, subject, watch, watch.signal, begun)));
  }
  return verdicts;
};

/** Answers of people that nothing came of, since whoever took them died. */
const finishApprovals = async (runtime: Runtime, all: FleetWatch | undefined): Promise<readonly FleetVerdict[]> => {
  const now = runtime.clock.now();
  const asked = (all?.watches ?? []).flatMap(({ question, region }) =>
    question === undefined || now >= question.expiresAt || abstains(runtime, region) ? [] : [question.decision],
  );
  return (await atOnce(asked, (id) => finishApproval(runtime, id))).flatMap((verdict) => verdict ?? []);
};

/** Every minute another one is first, so that each gets its turn also where there is no time for all. */
const inTurn = (due: readonly Watch[], now: number): readonly Watch[] => {
  const first = due.length === 0 ? 0 : Math.floor(now / TICK_MS) % due.length;
  return [...due.slice(first), ...due.slice(0, first)];
};

const judgedAgain = async (
  runtime: Runtime,
  subject: Subject,
  { incident, region, last, changes }: Watch,
  signal: IncidentSignal,
  begun: Begun | undefined,
): Promise<readonly FleetVerdict[]> => {
  const weighed = await weigh(runtime, signal, subject, { inTrouble: region, begun });
  const { decision, rule } = weighed.proposal;
  if (last?.verb === decision && last.rule === rule && !(await isShared(runtime, subject, weighed.proposal))) return [];
  const id = recordId(subject.name, 'again', incident, changes);
  const about = { fleet: subject.name, signal: `reconcile: ${signalInWords(signal)}` };
  const verdict = await settledOnce(runtime, id, about, () => carriedOut(runtime, signal, subject, id, weighed, false));
  const answer = verdict.rule === 'DUPLICATE' ? await answerOnRecord(runtime, id) : weighed.proposal;
  if (answer !== undefined) await noteAnswer(runtime, subject.name, incident, answer);
  return [verdict];
};

/** Whether a run of another incident does meanwhile what this one asks for: then it joins that one, though its own answer is the old one. */
const isShared = async (runtime: Runtime, { name }: Subject, proposal: Proposal): Promise<boolean> =>
  proposal.request !== undefined &&
  !isRefuted(proposal) &&
  (await sharingOf(runtime, proposal.request))(await watchesOf(runtime, name)) !== undefined;

/** What somebody else decided at this look, perhaps otherwise: only what was acted on is noted, or this answer would never be given. */
const answerOnRecord = async (runtime: Runtime, id: string): Promise<Answered | undefined> => {
  const { verb, rule } = (await runtime.table.read<Decision>('decision', id))?.value ?? {};
  return verb === undefined || rule === undefined ? undefined : { decision: verb, rule };
};
