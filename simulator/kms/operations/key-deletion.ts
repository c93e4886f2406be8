import { lacksMaterial } from '../keys/current-material.ts';
import { wireDate } from '../keys/key-metadata.ts';
import { type RegionalKey, relate } from '../keys/kms-key.ts';
import type { World } from '../world.ts';
import { keyOperation } from './operation.ts';

const DAY_MS = 86_400_000;

/** Starts the window after which the key is gone, unless its deletion is cancelled before. */
const startWindow = (world: World, doomed: RegionalKey, windowDays: number): number => {
  const dateMs = world.clock.now() + windowDays * DAY_MS;
  const deletion = { windowDays, dateMs };
  doomed.change(world.clock.now(), { state: 'PendingDeletion', deletion });
  world.clock.after(windowDays * DAY_MS, () => {
    // A cancelled deletion leaves no trace, and one asked for again is another object.
    if (doomed.now.deletion === deletion) vanish(world, doomed);
  });
  return dateMs;
};

/** Takes a key away; a primary that waited for its last replica to go now starts its own window. */
const vanish = (world: World, { key, region, now: { primaryRegion } }: RegionalKey): void => {
  world.ring.remove(key, region);
  const primary = key.regions.get(primaryRegion);
  if (primary === undefined) return;
  relate(key, primaryRegion, world.clock.now());
  const { state, deletion } = primary.now;
  if (state === 'PendingReplicaDeletion' && key.regions.size === 1) startWindow(world, primary, deletion?.windowDays ?? 30);
};

/**
 * A primary with replicas waits for them to go first.
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html
 */
export const scheduleKeyDeletion = keyOperation({
  name: 'ScheduleKeyDeletion',
  run: ({ PendingWindowInDays: windowDays = 30 }, doomed, { world }) => {
    const { role, replicaRegions } = doomed.now;
    const answer = { KeyId: doomed.arn, PendingWindowInDays: windowDays };
    if (role === 'PRIMARY' && replicaRegions.length > 0) {
      const deletion = { windowDays, dateMs: undefined };
      doomed.change(world.clock.now(), { state: 'PendingReplicaDeletion', deletion });
      return { ...answer, KeyState: 'PendingReplicaDeletion' };
    }
    return { ...answer, KeyState: 'PendingDeletion', DeletionDate: wireDate(startWindow(world, doomed, windowDays)) };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export const cancelKeyDeletion = keyOperation({
  name: 'CancelKeyDeletion',
  run: (_, saved, { world }) => {
    saved.change(world.clock.now(), { state: lacksMaterial(saved) ? 'PendingImport' : 'Disabled', deletion: undefined });
    return { KeyId: saved.arn };
  },
});
