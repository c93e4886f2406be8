import { growMaterial } from '../cryptography/material.ts';
import type { World } from '../world.ts';
import type { MaterialVersion } from './key-material.ts';
import type { KmsKey, Rotation } from './kms-key.ts';

const DAY_MS = 86_400_000;

/** Gives all related keys new material at once; what the old one encrypted, it goes on decrypting. */
export const rotate = (world: World, key: KmsKey, type: 'AUTOMATIC' | 'ON_DEMAND'): void => {
  const rotated = { atMs: world.clock.now(), type };
  const grown = (): MaterialVersion => ({
    material: growMaterial(world.secret, { ...key, generation: key.materials.length }),
    description: undefined,
    rotated,
  });
  key.materials.push(key.nextMaterial === undefined ? grown() : { ...key.nextMaterial, rotated });
  key.nextMaterial = undefined;
};

/** Switches the automatic rotation on, from now on every so many days. */
export const rotateEvery = (world: World, key: KmsKey, periodInDays: number): void => {
  const rotation: Rotation = { periodInDays, nextMs: world.clock.now() + periodInDays * DAY_MS };
  key.rotation = rotation;
  world.clock.after(periodInDays * DAY_MS, () => {
    // A rotation switched off leaves no trace, and one switched on again is another object.
    if (key.rotation !== rotation || key.regions.size === 0) return;
    rotate(world, key, 'AUTOMATIC');
    rotateEvery(world, key, periodInDays);
  });
};
