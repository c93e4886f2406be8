import { isDeepStrictEqual } from 'node:util';
import type { Intent } from '../../core/coordination/intent.ts';
import { withQuestion } from '../../core/coordination/shared-question.ts';
import { hasJoined, isLeftAlone, type Sharing } from '../../core/coordination/shared-run.ts';
import {
  type FleetWatch,
  heard,
  letGo,
  type Question,
  type Watch,
  type Word,
  watchOf,
  withOver,
  withWatch,
} from '../../core/coordination/watch.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { changeItem, replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { isAbandoned } from './claim.ts';

/** Everything that a fleet has heard of incidents. */
export const watchesOf = async (runtime: Runtime, fleetName: string): Promise<FleetWatch | undefined> =>
  (await runtime.table.read<FleetWatch>('watch', fleetName))?.value;

/** Changes what is known of one incident, and answers with it as it stands afterwards. */
const changeWatch = (
  runtime: Runtime,
  fleetName: string,
  incident: string,
  change: (watch: Watch | undefined, all: FleetWatch | undefined) => Watch | undefined,
): Promise<Watch | undefined> =>
  changeItem<FleetWatch, Watch | undefined>(runtime, 'watch', fleetName, (all) => {
    const next = withWatch(all, incident, (watch) => change(watch, all), runtime.clock.now());
    return { store: next, answer: watchOf(next ?? all, incident) };
  });

/** Notes that the incident goes on; a word that was heard already is not written again. */
export const noteWord = (runtime: Runtime, fleetName: string, word: Word): Promise<FleetWatch | undefined> =>
  changeItem<FleetWatch, FleetWatch | undefined>(runtime, 'watch', fleetName, (all) => {
    const news = (watch: Watch | undefined) => {
      const next = heard(watch, word);
      return isDeepStrictEqual(next, watch) ? undefined : next;
    };
    const next = withWatch(all, word.incident, news, runtime.clock.now());
    return { store: next, answer: next ?? all };
  });

/** Notes that a source's trouble is over. @returns the incidents that this ends, also when an earlier try has noted it */
export const noteOver = (runtime: Runtime, fleetName: string, word: Omit<Word, 'signal'>): Promise<readonly Watch[]> =>
  changeItem<FleetWatch, readonly Watch[]>(runtime, 'watch', fleetName, (before) => {
    const { all, over } = withOver(before, word, runtime.clock.now());
    return { store: all, answer: over };
  });

/** What was decided, and by which rule. */
export type Answered = Pick<Proposal, 'decision'> & { readonly rule: string };

/** Notes what was decided about the incident, and that it was another answer than before. */
export const noteAnswer = (runtime: Runtime, fleetName: string, incident: string, { decision: verb, rule }: Answered) =>
  changeWatch(runtime, fleetName, incident, (watch) =>
    watch === undefined || (watch.last?.verb === verb && watch.last.rule === rule)
      ? undefined
      : { ...watch, last: { verb, rule }, changes: watch.changes + 1 },
  );

/**
 * Claims the incident for a run: whoever is first decides what it does, also where two communications would choose different targets,
 * and where two incidents of one trouble are decided at the same moment.
 * @param sharing says which run of another incident this one would only repeat: then the incident is noted under that one
 * @returns the request that stands, which may be another one's
 */
export const claimRun = async (
  runtime: Runtime,
  fleetName: string,
  incident: string,
  request: RunRequest,
  sharing: Sharing = () => undefined,
): Promise<RunRequest> => {
  const watch = await changeWatch(runtime, fleetName, incident, (before, all) =>
    before === undefined || before.request !== undefined ? undefined : { ...before, request: sharing(all) ?? request },
  );
  return watch?.request ?? request;
};

/** Notes the incident under the run of another one of the same trouble, if there is one. @returns that run's request */
export const joinRun = async (runtime: Runtime, fleetName: string, incident: string, sharing: Sharing): Promise<RunRequest | undefined> =>
  changeItem<FleetWatch, RunRequest | undefined>(runtime, 'watch', fleetName, (all) => {
    const request = sharing(all);
    const joined = (watch: Watch | undefined) => watch && request && { ...watch, request };
    return { store: withWatch(all, incident, joined, runtime.clock.now()), answer: request };
  });

/**
 * The watch, judged by itself again where it had joined the run of another incident and nothing comes of that any more.
 * @param all as it was read with the watch
 */
export const byItself = async (runtime: Runtime, fleetName: string, all: FleetWatch | undefined, watch: Watch): Promise<Watch> => {
  const { request } = watch;
  if (request === undefined || !hasJoined(watch) || watch.overAt !== undefined) return watch;
  const intent = (await runtime.table.read<Intent>('intent', intentId(request)))?.value;
  if (!isLeftAlone(all, watch, intent, runtime.clock.now())) return watch;
  const isSame = (before: Watch | undefined): before is Watch =>
    before?.request !== undefined && intentId(before.request) === intentId(request);
  const after = await changeWatch(runtime, fleetName, watch.incident, (before) => (isSame(before) ? letGo(before) : undefined));
  return after ?? watch;
};

/**
 * Takes the question about a run for this decision, for all incidents that go on and that the run is for. A question of somebody who
 * died is replaced only if they have not gone on since: whoever does notes it anew before they ask.
 * @returns the question that people are asked: this one, an earlier one, also about another run that does the same, or none when all are over
 * @throws ContendedItemError
 */
export const claimQuestion = (runtime: Runtime, mine: Question): Promise<Question | undefined> =>
  changeItem<FleetWatch, Question | undefined>(runtime, 'watch', mine.request.fleet, async (before) => {
    const { all, question } = await withStanding(runtime, before, mine);
    return { store: all, answer: question };
  });

/** The question noted, or an earlier one that people may answer still. */
const withStanding = async (runtime: Runtime, before: FleetWatch | undefined, mine: Question): Promise<ReturnType<typeof withQuestion>> => {
  const pointless = new Set<string>();
  // Each round leaves one question of the list less.
  for (;;) {
    const next = withQuestion(before, mine, pointless, runtime.clock.now());
    const { question } = next;
    if (question === undefined || question.decision === mine.decision || !(await isPointless(runtime, question.decision))) return next;
    pointless.add(question.decision);
  }
};

/** Whether nobody answers a question any more: it was taken back, or whoever was to ask it died before they did. */
const isPointless = async (runtime: Runtime, decision: string): Promise<boolean> => {
  const asked = (await runtime.table.read<Decision>('decision', decision))?.value;
  return asked === undefined || asked.approval?.state === 'withdrawn' || isAbandoned(asked, runtime.clock.now());
};

/** Takes a question back that nobody has answered. @param because what made it pointless, in words */
export const withdraw = async (runtime: Runtime, decision: string, because: string): Promise<void> => {
  const at = runtime.clock.now();
  await replaceItem<Decision>(runtime, 'decision', decision, (current) =>
    current?.approval?.state === 'open'
      ? { ...current, approval: { ...current.approval, state: 'withdrawn', by: because, at } }
      : undefined,
  );
};
