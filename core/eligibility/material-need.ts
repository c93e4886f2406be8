import type { Fleet } from '../fleet/schema.ts';
import type { Region } from '../region.ts';
import type { RunRequest } from '../run/request.ts';

/** Where imported key material is needed, and until when, in epoch milliseconds. */
export interface MaterialNeed {
  readonly regions: readonly Region[];
  readonly until: number;
}

/**
 * For so long after an operation the key must not lose its material: longer than any run and its sweep take, and long enough for people
 * to import it again.
 */
export const MATERIAL_HORIZON_MS = 24 * 3_600_000;

/**
 * What a run needs of imported key material: it expires in each Region on its own, and a key whose material has expired cannot be used
 * there, nor moved again. A drill needs it on both sides, since its keys come home. Nothing is asked of a failover, which does not
 * wait for people, nor of a drill's way back, which leaves no key behind.
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-import.html
 * @param target where the keys go now: on a drill's way back, where they were
 */
export const materialNeed = (
  { operation, ...request }: Pick<RunRequest, 'operation' | 'source' | 'target'>,
  { drill }: Pick<Fleet, 'drill'>,
  target: Region,
  now: number,
): MaterialNeed | 'not-asked' => {
  if (operation === 'failover') return 'not-asked';
  if (operation !== 'drill') return { regions: [target], until: now + MATERIAL_HORIZON_MS };
  if (target !== request.target) return 'not-asked';
  return { regions: [target, request.source], until: now + drill.holdSeconds * 1000 + MATERIAL_HORIZON_MS };
};
