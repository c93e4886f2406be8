import { referencedKey } from '../../core/fleet/key-reference.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { FLEET_FILE } from '../../functions/frame/fleets.ts';
import { createWorld, type World } from '../world/world.ts';
import { type Incident, incidentOf } from './incident.ts';
import { populate } from './population.ts';
import type { Progress } from './progress.ts';
import type { Scene } from './scene.ts';
import { STORY_STARTS_AT } from './starts-at.ts';

/** The fleet that the story is about. @throws when the file has none of that name; the story's options were checked before. */
export const fleetOf = (story: Scene): Fleet => {
  const fleet = story.fleets.get(story.fleetName);
  if (fleet === undefined) throw new Error(`Expected a fleet named ${story.fleetName}.`);
  return fleet;
};

/** Builds the world of a story: Regions, accounts, keys with their primaries in the source. */
export const setStage = (story: Scene, progress: Progress, incident: Incident = incidentOf(story)): World => {
  const fleet = fleetOf(story);
  const regions = [...new Set([...story.fleets.values()].flatMap(({ home, standbys }) => [home, ...standbys]))];
  const accounts = [...new Set([...story.fleets.values()].flatMap((each) => each.accounts))];
  const world = createWorld({
    seed: story.seed,
    startsAt: STORY_STARTS_AT,
    accounts,
    regions,
    watch: (store) => progress.watching(store),
    crashes: story.faults.some(({ fault }) => fault.name === 'function-crash'),
    faults: (clock, random) => [
      ...story.faults.flatMap(({ fault, text }) =>
        fault.kind === 'kms'
          ? [fault.make({ clock, random: random.stream(text), source: story.source, target: story.target, keyCount: story.keys })]
          : [],
      ),
      incident,
    ],
    ...(story.table === undefined ? {} : { table: story.table }),
    ...story.watching,
  });
  const named = 'ids' in fleet.keys ? fleet.keys.ids.map((reference) => referencedKey(reference).keyId) : [];
  populate(world, {
    keys: story.keys,
    accounts: fleet.accounts,
    primary: story.source,
    replicas: (story.replicaRegions ?? [fleet.home, ...fleet.standbys]).filter((region) => region !== story.source),
    aliasOf: (index) => aliasOf(fleet, index),
    ...('tags' in fleet.keys ? { tags: fleet.keys.tags } : {}),
    ...(named.length > 0 ? { keyIds: named } : {}),
  });
  world.crashes?.keysPlanned(story.keys);
  return world;
};

/** Puts the fleet file where the functions look for it. */
export const layOutFleetFile = async (story: Scene, world: World): Promise<void> => {
  await world.store.put(FLEET_FILE, JSON.stringify({ fleets: Object.fromEntries(story.fleets) }));
};

const aliasOf = (fleet: Fleet, index: number): string => {
  const pattern: string = 'aliases' in fleet.keys ? (fleet.keys.aliases[index % fleet.keys.aliases.length] ?? '') : 'alias/story/*';
  return pattern.endsWith('*') ? `${pattern.slice(0, -1)}${String(index + 1).padStart(6, '0')}` : pattern;
};
