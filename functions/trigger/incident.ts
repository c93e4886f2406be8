import type { Intent } from '../../core/coordination/intent.ts';
import { withIncidentOver } from '../../core/coordination/intent.ts';
import { needlessQuestions } from '../../core/coordination/shared-question.ts';
import { isTroubleOver } from '../../core/coordination/shared-run.ts';
import { type IncidentSignal, type Watch, wasOver, watchOf } from '../../core/coordination/watch.ts';
import { saysOver, wordOf } from '../../core/coordination/word.ts';
import { isRefuted } from '../../core/decision/already-leaving.ts';
import { fleetsConcerned } from '../../core/decision/concern.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Begun } from '../../core/decision/situation.ts';
import { regionWatchedBy } from '../../core/fleet/alarm.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { dedupeKeyOf, signalInWords } from '../../core/signal/identity.ts';
import { loadFleets } from '../frame/fleets.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { abstains } from './abstains.ts';
import { askAboutIncident } from './ask.ts';
import { atOnce } from './at-once.ts';
import { begin, type Decided, goOn, join } from './begin.ts';
import { type FleetVerdict, type Made, onRecord, settledOnce } from './settle.ts';
import { goesOn, sharingOf } from './shared.ts';
import type { Subject } from './subject.ts';
import { byItself, claimRun, joinRun, noteAnswer, noteOver, noteWord, watchesOf, withdraw } from './watches.ts';
import { firstGlance, type Weighed, weigh } from './weigh.ts';

/**
 * Decides about a signal of an incident for every fleet that it concerns; signals are delivered more than once, in copies, and in any
 * order.
 * @throws when every fleet was decided as far as it could be and one could not: the signal's next delivery finds only that one open
 */
export const onIncident = async (signal: IncidentSignal, runtime: Runtime): Promise<readonly FleetVerdict[]> => {
  const fleets = await loadFleets(runtime);
  const concerned = [...fleetsConcerned(signal, fleets)];
  const verdicts = await atOnce(concerned, async ([name, fleet]): Promise<readonly FleetVerdict[]> => {
    const subject: Subject = { name, fleet, fleets };
    if (await leftToPeers(runtime, signal, subject)) return [];
    // Before it is claimed: so the tick finds what was claimed by one that died.
    await heardOf(runtime, signal, subject);
    const id = `${name}/${dedupeKeyOf(signal)}`;
    const about = { fleet: name, signal: signalInWords(signal) };
    return [await settledOnce(runtime, id, about, () => decidedAbout(runtime, signal, subject, id))];
  });
  return verdicts.flat();
};

/**
 * Leaves an alarm that watches this control Region, and so says that it is the one in trouble, to the others. It is noted: they may
 * not have heard of it, and their ticks judge then what is on the fleet's watch list.
 */
const leftToPeers = async (runtime: Runtime, signal: IncidentSignal, subject: Subject): Promise<boolean> => {
  const watched = signal.kind === 'alarm' ? regionWatchedBy(subject.fleet, signal.alarm) : undefined;
  if (signal.kind !== 'alarm' || watched === undefined || !abstains(runtime, watched)) return false;
  const now = runtime.clock.now();
  const glance = firstGlance(signal, subject, now);
  // The end of the trouble anybody may note.
  if (glance.kind === 'settled') return false;
  await noteWord(runtime, subject.name, wordOf(signal, watched, now));
  runtime.log('this control Region abstains: the alarm speaks of it', { alarm: signal.alarm.arn, peers: runtime.peerRegions });
  return true;
};

/** Notes an incident that is to be decided about. */
const heardOf = async (runtime: Runtime, signal: IncidentSignal, subject: Subject): Promise<void> => {
  const now = runtime.clock.now();
  const glance = firstGlance(signal, subject, now);
  if (glance.kind === 'settled') return;
  await noteWord(runtime, subject.name, { ...wordOf(signal, subject.fleet.home, now), region: glance.request.source });
};

/** Decides about a signal for one fleet, and does what was decided; may be called again for the same decision when whoever made it died. */
export const decidedAbout = async (runtime: Runtime, signal: IncidentSignal, subject: Subject, id: string): Promise<Made> => {
  const now = runtime.clock.now();
  const glance = firstGlance(signal, subject, now);
  const word = wordOf(signal, subject.fleet.home, now);
  if (glance.kind === 'settled') {
    const { proposal } = glance;
    if (saysOver(signal, now) && (signal.kind === 'alarm' || proposal.rule === 'NOT_OPEN' || proposal.rule === 'ENDED'))
      for (const watch of await noteOver(runtime, subject.name, word)) await closed(runtime, subject.name, watch, word.heardAt);
    if (proposal.rule === 'NOT_BEGUN') await noteWord(runtime, subject.name, word);
    return { decision: onRecord(proposal) };
  }
  const all = await noteWord(runtime, subject.name, { ...word, region: glance.request.source });
  const heard = watchOf(all, word.incident);
  const watch = heard && (await byItself(runtime, subject.name, all, heard));
  const agreed = await begunFor(runtime, subject.name, watch);
  const begun = agreed && (await reopened(runtime, watch, agreed.request));
  if (agreed !== undefined && begun === undefined) return goOn(runtime, { ...agreed, signal: signalInWords(signal), record: id });
  const weighed = await weigh(runtime, signal, subject, { inTrouble: glance.request.source, begun });
  const made = await carriedOut(runtime, signal, subject, id, weighed, wasOver(all, word));
  await noteAnswer(runtime, subject.name, word.incident, weighed.proposal);
  return made;
};

/** Does what was decided about an incident. @param isOver whether a later word of the same source says that it is over */
export const carriedOut = async (
  runtime: Runtime,
  signal: IncidentSignal,
  subject: Subject,
  id: string,
  { proposal, look }: Weighed,
  isOver: boolean,
): Promise<Made> => {
  const { request } = proposal;
  if (request === undefined || look === undefined) return { decision: onRecord(proposal) };
  const { incident } = request;
  const sharing = await sharingOf(runtime, request);
  if (proposal.decision === 'start') {
    const claimed = await claimRun(runtime, subject.name, incident, request, sharing);
    const decided = { request: claimed, signal: signalInWords(signal), record: id };
    const made = await begin(runtime, decided, { ...proposal, request: claimed }, claimed.incident !== incident);
    await afterwards(runtime, subject.name, incident, claimed, made.decision.verb === 'start');
    return made;
  }
  const joined = isOver || isRefuted(proposal) ? undefined : await joinRun(runtime, subject.name, incident, sharing);
  if (joined !== undefined) {
    const made = await join(runtime, joined);
    await afterwards(runtime, subject.name, incident, joined, false);
    return made;
  }
  if (proposal.decision !== 'approve') return { decision: onRecord(proposal) };
  if (isOver)
    return {
      decision: onRecord({
        ...proposal,
        decision: 'ignore',
        rule: 'ENDED',
        why: `${proposal.why} A later word of the same source says that it is over, so nobody is asked.`,
      }),
    };
  return askAboutIncident(runtime, subject, id, { ...proposal, request }, look);
};

/**
 * The incident may have ended while the run was begun or joined: then its intent has to know. If it goes on, the trouble of an intent
 * that it joined does. Who was asked before, about this one or another incident of the Region, need not answer; but a question about
 * the run itself that was joined stands as long as that waits for the answer.
 * @param isStarted whether the run was started by this
 */
const afterwards = async (
  runtime: Runtime,
  fleetName: string,
  incident: string,
  request: RunRequest,
  isStarted: boolean,
): Promise<void> => {
  const all = await watchesOf(runtime, fleetName);
  const watch = watchOf(all, incident);
  const isJoined = incident !== request.incident;
  if (watch?.overAt !== undefined) await closed(runtime, fleetName, { ...watch, request }, watch.overAt);
  else if (isJoined) await goesOn(runtime, request);
  for (const { region, incident: other, question } of all?.watches ?? []) {
    const isOfRun = isJoined && !isStarted && question !== undefined && intentId(question.request) === intentId(request);
    if (question !== undefined && !isOfRun && (other === incident || region === request.source))
      await withdraw(runtime, question.decision, 'the run was started without it');
  }
};

/**
 * An incident that a person was asked about, while for another one of the same trouble a run was begun, as by an approval: it is noted
 * under that run, and nobody need answer.
 */
export const joinAsked = async (runtime: Runtime, fleetName: string, { incident, question, request, ...watch }: Watch): Promise<void> => {
  if (question === undefined || request !== undefined || watch.overAt !== undefined) return;
  const isOwn = question.request.incident === incident;
  const { approval } = (await runtime.table.read<Decision>('decision', question.decision))?.value ?? {};
  if (approval === undefined || (isOwn && approval.state === 'approved')) return;
  const joined = await joinRun(runtime, fleetName, incident, await sharingOf(runtime, { ...question.request, incident }));
  if (joined !== undefined) await afterwards(runtime, fleetName, incident, joined, false);
};

/** The incident is over: its intent is told, unless another incident of the same trouble goes on, and questions that were only about it are taken back. */
const closed = async (runtime: Runtime, fleetName: string, watch: Watch, at: number): Promise<void> => {
  // Also what a person has agreed to, and nobody has noted yet.
  const request = (await begunFor(runtime, fleetName, watch))?.request;
  const all = await watchesOf(runtime, fleetName);
  const now = runtime.clock.now();
  if (request !== undefined && isTroubleOver(all, request, now))
    await replaceItem<Intent>(runtime, 'intent', intentId(request), (intent) => withIncidentOver(intent, at));
  for (const decision of needlessQuestions(all, now)) await withdraw(runtime, decision, 'its incident is over');
};

/** What was done for an incident that was over then, and goes on again; undefined when it is still the same trouble. */
export const reopened = async (runtime: Runtime, watch: Watch | undefined, request: RunRequest): Promise<Begun | undefined> => {
  if (watch?.isReopened !== true) return undefined;
  const intent = (await runtime.table.read<Intent>('intent', intentId(request)))?.value;
  const runId = intent?.runs.at(-1);
  return intent?.state === 'closed' && runId !== undefined ? { state: 'closed', runId, isReopened: true } : undefined;
};

type Agreed = Pick<Decided, 'request' | 'approvedBy'>;

/** What was decided on for the incident before: by a signal, or by whoever approved the question. */
export const begunFor = async (runtime: Runtime, fleetName: string, watch: Watch | undefined): Promise<Agreed | undefined> => {
  const agreed = watch?.question === undefined ? undefined : await agreedTo(runtime, watch.question.decision);
  if (watch?.request !== undefined) return { ...agreed, request: watch.request };
  if (watch === undefined || agreed === undefined) return undefined;
  return { ...agreed, request: await claimRun(runtime, fleetName, watch.incident, agreed.request) };
};

/** What a person was asked, and agreed to. */
const agreedTo = async (runtime: Runtime, decision: string): Promise<Agreed | undefined> => {
  const { approval, request } = (await runtime.table.read<Decision>('decision', decision))?.value ?? {};
  if (approval?.state !== 'approved' || request === undefined) return undefined;
  return { request, ...(approval.by === undefined ? {} : { approvedBy: approval.by }) };
};
