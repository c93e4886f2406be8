import { type Intent, isWaiting } from '../../core/coordination/intent.ts';
import type { Decision } from '../../core/decision/decision.ts';
import { parseHealthEvent } from '../../core/health/parse.ts';
import { intentId, runName } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { inputFor } from '../../core/run/request-from.ts';
import { TICK } from '../../core/signal/parse.ts';
import type { TriggerAnswer } from '../../functions/trigger/trigger.ts';
import { TaskFailure } from '../asl/failure.ts';
import { deliver } from '../lambda/deliver.ts';
import { warmUpSdk } from '../world/warm-up.ts';
import type { World } from '../world/world.ts';
import { evidenceOf } from './evidence-of.ts';
import { figuresOf, type StoryFigures, type Telling } from './figures.ts';
import { functionMessage } from './function-message.ts';
import { healthEvent } from './health-event.ts';
import { incidentOf } from './incident.ts';
import { judgedAgain } from './judged-again.ts';
import { Progress, type Snapshot } from './progress.ts';
import { fleetOf, layOutFleetFile, setStage } from './stage-set.ts';
import { STORY_STARTS_AT } from './starts-at.ts';
import type { Refusal, Script, Story } from './story.ts';
import { Teller, TICK_MS } from './teller.ts';

/** How long a story goes on for blocked keys whose Region may come back; a Region that is down for good is not waited for. */
const AFTERMATH_MS_MAX = 90 * 60_000;

/** A story on its way: its world, to be looked at meanwhile, and its end. */
interface Playing {
  readonly world: World;
  readonly snapshot: () => Snapshot;
  readonly end: Promise<StoryFigures | Refusal>;
}

/** Builds the world of a story and lets it happen, in virtual time. */
export const play = async (story: Story): Promise<Playing> => {
  await warmUpSdk();
  const progress = new Progress();
  const incident = incidentOf(story);
  const world = setStage(story, progress, incident);
  const snapshot = (): Snapshot => ({
    keysBy: progress.keysBy(),
    seconds: (world.clock.now() - STORY_STARTS_AT) / 1000,
    throttled: Object.values(world.kms.counts().throttled).reduce((a, b) => a + b, 0),
  });
  return {
    world,
    snapshot,
    end: world.clock.run(
      story.script === undefined ? tell(story, world) : recited(story.script, new Teller(story, story.script.name, world, incident)),
    ),
  };
};

/** A story with a name tells itself. */
const recited = async (script: Script, teller: Teller): Promise<StoryFigures> => {
  const { story, world } = teller;
  await layOutFleetFile(story, world);
  await script.tell(teller);
  return figuresOf({ story, world, runs: await runsOf(world), aborted: false, chapters: teller.chapters });
};

const tell = async (story: Story, world: World): Promise<StoryFigures | Refusal> => {
  await layOutFleetFile(story, world);
  const first = await begin(story, world);
  if (typeof first !== 'string') return first;
  const aborted = isAbortAsked(story) && (await stoppedHalfWay(story, world, first));
  await ended(world, first);
  const refusal = refusalBehind(world, first);
  // What a guard refuses to a person ends there; what it refuses to a signal the minute tick asks for again.
  const isAskedAgain = refusal?.by === 'guard' && story.startedBy === 'event';
  if (refusal !== undefined && !isAskedAgain) return refusal;
  if (aborted) await ended(world, await startByHand(story, world, await requestBehind(world, first), 2));
  await aftermath(story, world);
  if (refusal !== undefined && (await runsOf(world)).every(({ evidence }) => evidence === undefined)) return refusal;
  if (story.again) {
    const second = await startByHand(story, world, requestOf(story, 2), 1);
    await ended(world, second);
  }
  return figuresOf({ story, world, runs: await runsOf(world), aborted, chapters: [] });
};

/** Every run that there was, in the order in which their intents were opened. */
const runsOf = async (world: World): Promise<Telling['runs']> => {
  const runIds = (await world.table.list<Intent>('intent'))
    .toSorted((a, b) => a.value.openedAt - b.value.openedAt)
    .flatMap(({ value }) => value.runs);
  return Promise.all(runIds.map(async (runId) => ({ runId, evidence: await evidenceOf(world.store, runId) })));
};

/** @returns the first run's ID, or why there is none */
const begin = async (story: Story, world: World): Promise<string | Refusal> => {
  if (story.startedBy === 'operator') return startByHand(story, world, requestOf(story, 1), 1);
  const account = fleetOf(story).accounts[0] ?? '';
  const event = story.event ?? healthEvent(story.source, account, STORY_STARTS_AT);
  const reading = parseHealthEvent(event);
  try {
    const answer = (await deliver(world.clock, () => world.invoke('trigger', event))) as unknown as TriggerAnswer;
    const first = 'fleets' in answer ? answer.fleets.find(({ fleet }) => fleet === story.fleetName) : undefined;
    const verdict = first === undefined || first.runId !== undefined ? first : ((await judgedAgain(story.fleetName, world)) ?? first);
    if (verdict?.runId !== undefined) return verdict.runId;
    if (verdict !== undefined) {
      const decision = (await world.table.read<Decision>('decision', verdict.record))?.value;
      return refused('guard', [verdict.why, ...(decision?.liftedBy ?? []).map((lifts) => `What lifts it: ${lifts}.`)].join('\n'));
    }
    const where = reading.kind === 'event' ? reading.event.eventRegion : 'another Region';
    return refused('guard', `The event is about ${where}, where fleet ${story.fleetName} has no keys: nothing was started.`);
  } catch (error) {
    if (error instanceof TaskFailure) return refused('input', functionMessage(error.cause));
    throw error;
  }
};

const requestOf = (story: Story, chapter: number): RunRequest => ({
  fleet: story.fleetName,
  operation: story.operation,
  source: story.source,
  target: story.target,
  incident: `story-${story.seed}-${chapter}`,
});

/** What a run was asked for: an operator who starts it anew asks for the same. */
const requestBehind = async (world: World, runId: string): Promise<RunRequest> => {
  const intents = await world.table.list<Intent>('intent');
  const intent = intents.find(({ value }) => value.runs.includes(runId));
  if (intent === undefined) throw new Error(`Expected run ${runId} to have an intent: it was stopped long after its plan.`);
  return intent.value.request;
};

/** Nobody watched the home before the story began: who asks for the failback has looked at it themselves. */
const overrideOf = ({ operation, override = [] }: Story): readonly string[] => [
  ...override,
  ...(operation === 'failback' ? ['home-stable'] : []),
];

const startByHand = async (story: Story, world: World, request: RunRequest, generation: number): Promise<string> => {
  const runId = runName(intentId(request), generation);
  const override = overrideOf(story);
  await world.stepFunctions.start(runId, { ...inputFor(request), ...(override.length === 0 ? {} : { override }) });
  return runId;
};

const ended = async (world: World, runId: string): Promise<void> => {
  await world.stepFunctions.execution(runId)?.done;
};

const isAbortAsked = (story: Story): boolean => story.faults.some(({ fault }) => fault.name === 'abort');

/** Stops the execution as soon as half of the keys have been called for. @returns whether it came to that */
const stoppedHalfWay = async (story: Story, world: World, runId: string): Promise<boolean> => {
  let accepted = 0;
  const half = new Promise<boolean>((resolve) => {
    world.kms.onAccepted(() => {
      accepted += 1;
      if (accepted >= story.keys / 2) resolve(true);
    });
  });
  const stopped = await Promise.race([half, ended(world, runId).then(() => false)]);
  if (stopped) world.stepFunctions.stop(runId);
  return stopped;
};

/** A run that failed in its plan was refused: by what it was asked for, or by a guard. Other failures are told by the evidence. */
const refusalBehind = (world: World, runId: string): Refusal | undefined => {
  const { error, cause } = world.stepFunctions.execution(runId) ?? {};
  if (error === 'RefusedByGuard') return refused('guard', functionMessage(cause));
  if (error === 'InvalidRequest' || error === 'WrongFleetFile') return refused('input', functionMessage(cause));
  return undefined;
};

const refused = (by: Refusal['by'], text: string): Refusal => ({ kind: 'refused', by, sentences: text.split('\n') });

/** Lets the minute tick look after intents that blocked keys keep open, for as long as there is hope. */
const aftermath = async (story: Story, world: World): Promise<void> => {
  const hopeless = story.faults.some(({ fault }) => fault.name === 'source-down' || fault.name === 'source-down-at');
  const until = world.clock.now() + (story.aftermathMsMax ?? AFTERMATH_MS_MAX);
  while (!hopeless && world.clock.now() < until) {
    const intents = await world.table.list<Intent>('intent');
    if (!intents.some(({ value }) => isWaiting(value, world.clock.now()))) return;
    await world.clock.sleep(TICK_MS);
    await deliver(world.clock, () => world.invoke('trigger', TICK));
    const started = (await world.table.list<Intent>('intent')).flatMap(({ id, value }) => runName(id, value.runs.length + 1));
    await Promise.all(started.map((runId) => ended(world, runId)));
  }
};
