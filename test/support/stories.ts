import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseFleetFile } from '../../core/fleet/parse.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { region } from '../../core/region.ts';
import type { Operation } from '../../core/run/operation.ts';
import type { FaultContext } from '../../simulator/faults/fault-context.ts';
import type { KmsFault } from '../../simulator/faults/kms-fault.ts';
import { parseFault } from '../../simulator/faults/parse-fault.ts';
import type { StoryFigures } from '../../simulator/story/figures.ts';
import { play } from '../../simulator/story/play.ts';
import type { AskedFault } from '../../simulator/story/scene.ts';
import type { Refusal, Story } from '../../simulator/story/story.ts';
import type { World } from '../../simulator/world/world.ts';

export const FLEETS_TEXT = readFileSync(new URL('../../fleets.yaml', import.meta.url), 'utf8');

/** The fleets of a text that must be right. */
export const fleetsOf = (text: string): ReadonlyMap<string, Fleet> => {
  const parsed = parseFleetFile(text, 'fleets.yaml');
  assert.equal(parsed.kind, 'fleets', JSON.stringify(parsed));
  return parsed.kind === 'fleets' ? parsed.fleets : new Map();
};

const asked = (text: string): AskedFault => {
  const fault = parseFault(text);
  if (fault.kind === 'refused') throw new Error(fault.sentence);
  return { text, fault };
};

export interface StoryWords extends Partial<Omit<Story, 'faults' | 'source' | 'target'>> {
  readonly faults?: readonly string[];
  readonly source?: string;
  readonly target?: string;
}

/** The ordinary story, a hundred keys of the example fleet, with what is different in `words`. */
export const storyWith = (words: StoryWords = {}): Story => {
  const operation: Operation = words.operation ?? 'failover';
  const [source, target] = operation === 'failback' ? ['us-west-2', 'us-east-1'] : ['us-east-1', 'us-west-2'];
  return {
    fleets: fleetsOf(FLEETS_TEXT),
    fleetName: 'payments',
    startedBy: operation === 'failover' ? 'event' : 'operator',
    keys: 100,
    seed: '1',
    again: false,
    ...words,
    operation,
    source: region(words.source ?? source ?? ''),
    target: region(words.target ?? target ?? ''),
    faults: (words.faults ?? []).map(asked),
  };
};

/** A story with a fault of the test's own making; it goes by the name of one that exists. */
export const storyUnder = (words: StoryWords, make: (context: FaultContext) => Omit<KmsFault, 'name' | 'struck'>): Story => ({
  ...storyWith(words),
  faults: [{ text: 'own', fault: { kind: 'kms', name: 'throttle', make: (context) => ({ name: 'own', struck: 0, ...make(context) }) } }],
});

/** Plays a story that must come to its end. */
export const tell = (words: StoryWords = {}): Promise<Told> => toldFrom(storyWith(words));

interface Told {
  readonly figures: StoryFigures;
  readonly world: World;
}

/** The same, of a story that is put together already. */
export const toldFrom = async (story: Story): Promise<Told> => {
  const { world, end } = await play(story);
  const told = await end;
  if (told.kind === 'refused') assert.fail(`the story was refused: ${told.sentences.join(' ')}`);
  return { figures: told, world };
};

/** Plays a story that must be refused, and shows that nothing was touched: no promotion, no lease, lane, intent or announced run. */
export const tellRefused = async (words: StoryWords): Promise<Refusal> => {
  const { world, end } = await play(storyWith(words));
  const told = await end;
  if (told.kind !== 'refused') assert.fail(`the story was played: ${told.result}`);
  assert.equal(world.kms.counts().calls.UpdatePrimaryRegion, undefined);
  for (const kind of ['lease', 'lane', 'intent', 'run', 'window'] as const) {
    assert.deepEqual(await world.clock.run(world.table.list(kind)), [], `a ${kind} item was written`);
  }
  return told;
};

/** Where every key's primary is in truth, as counts by Region. */
export const primariesBy = (world: World): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const key of world.kms.truth().keys) {
    for (const [where, view] of Object.entries(key.regions)) if (view.role === 'PRIMARY') counts[where] = (counts[where] ?? 0) + 1;
  }
  return counts;
};

/** Only the outcomes that occurred. */
export const outcomesOf = (figures: StoryFigures): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(figures.outcomes).filter(([, count]) => count > 0));
