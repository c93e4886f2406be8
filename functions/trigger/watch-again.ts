import { type FleetWatch, type IncidentSignal, isOver, isToBeJudgedAgain, type Watch } from '../../core/coordination/watch.ts';
import { isRefuted } from '../../core/decision/already-leaving.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import type { Begun } from '../../core/decision/situation.ts';
import { dedupeKeyOf, signalInWords } from '../../core/signal/identity.ts';
import type { Runtime } from '../frame/runtime.ts';
import { abstains } from './abstains.ts';
import { anotherFirst } from './another-first.ts';
import { finishApproval } from './approved.ts';
import { atOnce } from './at-once.ts';
import { isAbandoned, unlessBeingDecided } from './claim.ts';
import { begunFor, carriedOut, decidedAbout, joinAsked, reopened } from './incident.ts';
import { recordId } from './record-id.ts';
import { type FleetVerdict, settledOnce } from './settle.ts';
import { sharingOf } from './shared.ts';
import type { Subject } from './subject.ts';
import { type Answered, byItself, noteAnswer, watchesOf } from './watches.ts';
import { weigh } from './weigh.ts';

/** No other incident is begun with after so long: one may take 20 s while Regions are silent, and the function has 50 s. */
const JUDGING_MS_MAX = 25_000;

/**
 * Goes on with what was to be decided about the incidents of a fleet by somebody who died, and judges those again that go on and that
 * nothing was done about, since what stood in the way may have passed. Only another answer than the last one is put on record, and acted on.
 */
export const watchAgain = async (runtime: Runtime, subject: Subject): Promise<readonly FleetVerdict[]> => {
  const before = await watchesOf(runtime, subject.name);
  for (const watch of before?.watches ?? []) await joinAsked(runtime, subject.name, await byItself(runtime, subject.name, before, watch));
  const startedAt = runtime.clock.now();
  const isInTime = (): boolean => runtime.clock.now() - startedAt < JUDGING_MS_MAX;
  const taken: FleetVerdict[] = [];
  for (const watch of anotherFirst(before?.watches ?? [], startedAt))
    if (isInTime()) taken.push(...(await takenUp(runtime, subject, watch)));
  const all = await watchesOf(runtime, subject.name);
  const due = (all?.watches ?? []).filter((watch) => isToBeJudgedAgain(watch, runtime.clock.now()) && !abstains(runtime, watch.region));
  const verdicts: FleetVerdict[] = [...taken, ...(await finishApprovals(runtime, all))];
  // One after the other: what the first begins, the next has to know.
  for (const watch of anotherFirst(due, startedAt)) {
    if (!isInTime()) break;
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
  return (await atOnce([...new Set(asked)], (id) => finishApproval(runtime, id))).flatMap((verdict) => verdict ?? []);
};

/**
 * What somebody claimed to decide about the incident's last word, or at the last look of a tick, and died over: decided under the same
 * claim, so that whoever finds it first is the only one, and finds the traces of the one that died.
 */
const takenUp = async (runtime: Runtime, subject: Subject, watch: Watch): Promise<readonly FleetVerdict[]> => {
  const { signal, region, incident, changes } = watch;
  if (signal === undefined || isOver(watch, runtime.clock.now()) || abstains(runtime, region)) return [];
  const verdicts: FleetVerdict[] = [];
  for (const id of [`${subject.name}/${dedupeKeyOf(signal)}`, againId(subject, incident, changes)]) {
    const claim = (await runtime.table.read<Decision>('decision', id))?.value;
    if (claim === undefined || !isAbandoned(claim, runtime.clock.now())) continue;
    const about = { fleet: claim.fleet, signal: claim.signal };
    const settling = settledOnce(runtime, id, about, () => decidedAbout(runtime, signal, subject, id));
    const verdict = await unlessBeingDecided<FleetVerdict | undefined>(settling, undefined);
    if (verdict !== undefined) verdicts.push(verdict);
  }
  return verdicts;
};

const againId = ({ name }: Subject, incident: string, changes: number): string => recordId(name, 'again', incident, changes);

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
  const id = againId(subject, incident, changes);
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
