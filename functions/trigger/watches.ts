import type { Sharing } from '../../core/coordination/shared-run.ts';
import {
  type FleetWatch,
  heard,
  isAsked,
  type Question,
  type Watch,
  type Word,
  watchOf,
  withOver,
  withWatch,
} from '../../core/coordination/watch.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { changeItem, replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';

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

/** Notes that the incident goes on. */
export const noteWord = (runtime: Runtime, fleetName: string, word: Word): Promise<FleetWatch | undefined> =>
  changeItem<FleetWatch, FleetWatch | undefined>(runtime, 'watch', fleetName, (all) => {
    const next = withWatch(all, word.incident, (watch) => heard(watch, word), runtime.clock.now());
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

/** Takes the incident's question for this decision. @returns the question that is open: this one, an earlier one, or none when the incident is over */
export const claimQuestion = async (
  runtime: Runtime,
  fleetName: string,
  incident: string,
  mine: Question,
): Promise<Question | undefined> => {
  const watch = await changeWatch(runtime, fleetName, incident, (before) =>
    before === undefined || before.overAt !== undefined || isAsked(before, runtime.clock.now()) ? undefined : { ...before, question: mine },
  );
  return watch?.overAt === undefined ? watch?.question : undefined;
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
