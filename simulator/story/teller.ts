import { type Intent, isWaiting } from '../../core/coordination/intent.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { BusEvent } from '../../core/ports/bus.ts';
import { intentId, runName } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { inputFor } from '../../core/run/request-from.ts';
import { TICK } from '../../core/signal/parse.ts';
import type { TriggerAnswer } from '../../functions/trigger/trigger.ts';
import { TaskFailure } from '../asl/failure.ts';
import { deliver } from '../lambda/deliver.ts';
import type { World } from '../world/world.ts';
import type { Chapter } from './chapter.ts';
import { evidenceOf } from './evidence-of.ts';
import { functionMessage } from './function-message.ts';
import type { Incident } from './incident.ts';
import type { Scene } from './scene.ts';
import { operatorEvent } from './signals.ts';
import { fleetOf } from './stage-set.ts';
import { STORY_STARTS_AT } from './starts-at.ts';

/** The schedule's interval. */
export const TICK_MS = 60_000;
/** Who does in a story what a person does. */
const PERSON = 'arn:aws:sts::111122223333:assumed-role/operators/alice';

/** Lets things happen in a story's world, and writes down what came of them, in sentences. */
export class Teller {
  readonly story: Scene;
  /** By what name runs and people call the story. */
  readonly name: string;
  readonly world: World;
  readonly incident: Incident;
  readonly #chapters: Chapter[] = [];
  #deeds = 0;

  constructor(story: Scene, name: string, world: World, incident: Incident) {
    this.story = story;
    this.name = name;
    this.world = world;
    this.incident = incident;
  }

  get chapters(): readonly Chapter[] {
    return this.#chapters;
  }

  get fleet(): Fleet {
    return fleetOf(this.story);
  }

  get now(): number {
    return this.world.clock.now();
  }

  say(text: string): void {
    this.#chapters.push({ seconds: Math.round((this.now - STORY_STARTS_AT) / 100) / 10, text });
  }

  sleep(ms: number): Promise<void> {
    return this.world.clock.sleep(ms);
  }

  /**
   * Delivers a signal as EventBridge would, and says what was decided and why.
   * @returns the run that goes for it, and the decision's ID
   */
  async signal(event: unknown): Promise<{ readonly runId?: string; readonly record?: string }> {
    try {
      const answer = (await deliver(this.world.clock, () => this.world.invoke('trigger', event))) as unknown as TriggerAnswer;
      const verdicts = 'fleets' in answer ? answer.fleets.filter(({ fleet }) => fleet === this.story.fleetName) : [];
      for (const { record, decision, rule, why } of verdicts) this.say(await this.#decided(record, decision, rule, why));
      if (verdicts.length === 0) this.say(`A signal came that concerns no Region of fleet ${this.story.fleetName}: nothing to decide.`);
      const [verdict] = verdicts;
      return verdict === undefined ? {} : { record: verdict.record, ...(verdict.runId === undefined ? {} : { runId: verdict.runId }) };
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      this.say(`An event came that cannot be read, and went to the dead-letter queue: ${functionMessage(error.cause)}`);
      return {};
    }
  }

  async #decided(record: string, decision: string, rule: string, why: string): Promise<string> {
    const known = (await this.world.table.read<Decision>('decision', record))?.value;
    const lifts = known?.liftedBy ?? [];
    const lifted = lifts.length === 0 || decision === 'start' ? '' : ` What lifts it: ${lifts.join('; ')}.`;
    return `${known?.signal ?? 'A signal'}. Decision: ${decision} (${rule}). ${why}${lifted}`;
  }

  /** One minute tick of the schedule. @returns the runs that it started, which it says */
  async tick(): Promise<readonly string[]> {
    await this.sleep(TICK_MS);
    const answer = (await deliver(this.world.clock, () => this.world.invoke('trigger', TICK))) as unknown as TriggerAnswer;
    if (!('intents' in answer)) return [];
    const started = answer.intents.flatMap(({ verdict, runId }) => (verdict === 'started' && runId !== undefined ? [runId] : []));
    for (const runId of started) this.say(`The minute tick finds that nothing keeps the intent from its next run, and starts ${runId}.`);
    return started;
  }

  async ticks(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) await this.tick();
  }

  /** A person starts a run from the console. @returns its name */
  async start(words: string, changes: Partial<RunRequest> = {}, generation = 1): Promise<string> {
    const { fleetName: fleet, operation, source, target } = this.story;
    const request: RunRequest = { fleet, operation, source, target, incident: `story ${this.name}`, ...changes };
    const runId = runName(intentId(request), generation);
    this.say(`${words} (run ${runId}).`);
    await this.world.stepFunctions.start(runId, inputFor(request));
    return runId;
  }

  /** A person asks `operator` for something. @returns its answer, which it says */
  async operator(
    right: 'approve' | 'stop' | 'acknowledge' | 'switch',
    body: Readonly<Record<string, unknown>>,
  ): Promise<string | undefined> {
    this.#deeds += 1;
    const event = operatorEvent(right, body, PERSON, `simulated-request-${this.#deeds}`);
    const answer = (await this.world.invoke('operator', event)) as { readonly body: string };
    const { message, runId } = JSON.parse(answer.body) as { readonly message: string; readonly runId?: string };
    this.say(message);
    return runId;
  }

  /** Waits for the end of a run, and says what became of it. @returns whether it came to a report */
  async ended(runId: string): Promise<boolean> {
    const execution = this.world.stepFunctions.execution(runId);
    await execution?.done;
    const evidence = await evidenceOf(this.world.store, runId);
    if (evidence === undefined) {
      this.say(`Run ${runId} did not begin: ${functionMessage(execution?.cause)}`);
      return false;
    }
    const { outcomes, result, reasons } = evidence.summary;
    const counts = Object.entries(outcomes).flatMap(([kind, keys]) => (keys > 0 ? [`${keys} ${kind}`] : []));
    const why = Object.entries(reasons).map(([code, keys]) => `${keys} ${code}`);
    this.say(`Run ${runId} ended as ${result}: ${counts.join(', ') || 'no keys'}${why.length === 0 ? '' : ` (${why.join(', ')})`}.`);
    return true;
  }

  /** Waits until so many of the keys were called for, or the run has ended. */
  async called(runId: string, share: number): Promise<void> {
    const execution = this.world.stepFunctions.execution(runId);
    let accepted = 0;
    const enough = new Promise<void>((resolve) => {
      this.world.kms.onAccepted(() => {
        accepted += 1;
        if (accepted >= this.story.keys * share) resolve();
      });
    });
    await Promise.race([enough, execution?.done]);
  }

  /** Whether no intent waits for anything. */
  async isSettled(): Promise<boolean> {
    return (await this.world.table.list<Intent>('intent')).every(({ value }) => !isWaiting(value, this.now));
  }

  /** Lifecycle events of a kind, as a listener on the bus got them. */
  told(detailType: string): readonly BusEvent[] {
    return this.world.bus.events.filter((event) => event.detailType === detailType);
  }
}
