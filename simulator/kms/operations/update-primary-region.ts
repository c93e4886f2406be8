import { keepRecords, promotionRecords } from '../cloud-trail.ts';
import { findKey, readKeyName } from '../keys/find-key.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { requireState } from '../keys/require-state.ts';
import { KmsRefusal, throttled, unsupported, validation } from '../refusal.ts';
import type { Temperament } from '../temperament.ts';
import type { Call } from '../world.ts';
import { operation, requireAccess } from './operation.ts';
import { reachOtherRegion } from './other-region.ts';
import { promote } from './promotion.ts';

const notPrimary = ({ arn }: RegionalKey): KmsRefusal =>
  new KmsRefusal('KMSInvalidStateException', `${arn} is not a multi-Region primary key.`);

/** What the answer is to the ARN of another Region was never seen for this operation, so the world's temperament says. */
const findPrimary = (call: Call, text: string): RegionalKey => {
  const name = readKeyName(text, call.shelf);
  if (name.kind === 'foreign' && name.arn.region !== call.region) {
    throw new KmsRefusal(call.world.temperament.foreignArnError, `Invalid arn ${name.arn.region}`);
  }
  return findKey(call, text, 'no aliases');
};

const requirePrimary = (call: Call, key: RegionalKey): void => {
  const { role } = key.now;
  if (role === 'PRIMARY') return;
  if (role === 'SINGLE' && call.world.temperament.singleRegionError === 'UnsupportedOperationException') {
    throw unsupported(`${key.arn} is not a multi-Region key.`);
  }
  throw notPrimary(key);
};

/** The world's temperament, unless a fault has a word of its own on promotions of keys that are `Updating`: one word for both of them. */
const temperamentNow = (call: Call, ...sides: readonly (RegionalKey | undefined)[]): Temperament => {
  const { faults, temperament } = call.world;
  const accepts = sides.some((side) => side?.now.state === 'Updating') ? faults.acceptsWhileUpdating(call) : undefined;
  return accepts === undefined ? temperament : { ...temperament, promotesWhileUpdating: accepts };
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html */
export const updatePrimaryRegion = operation({
  name: 'UpdatePrimaryRegion',
  spends: ({ PrimaryRegion }, { region, world }) =>
    [...new Set([region, PrimaryRegion])]
      .filter((spent) => world.ring.regions.includes(spent))
      .map((spent) => ({ region: spent, quota: 'UpdatePrimaryRegion', units: 1 })),
  run: ({ KeyId, PrimaryRegion }, call) => {
    const { world, account, region, requestId, caller } = call;
    const source = findPrimary(call, KeyId);
    const { key } = source;
    const at = world.clock.now();
    if (!world.hotKeys.admit(key, at)) throw throttled();
    requireAccess(call, source);
    requirePrimary(call, source);
    const target = key.regions.get(PrimaryRegion);
    const temperament = temperamentNow(call, source, target);
    requireState('UpdatePrimaryRegion', source, temperament);
    if (key.onDemandRotation !== undefined && !temperament.promotesWhileRotating) {
      throw new KmsRefusal('KMSInvalidStateException', `${source.arn} is being rotated.`);
    }
    const recorded = { source, targetRegion: PrimaryRegion, keyIdAsSent: KeyId, requestId, atMs: at, caller };
    if (PrimaryRegion === region) {
      keepRecords(world.trail, promotionRecords(recorded));
      return undefined;
    }
    if (target === undefined) throw validation(`${key.keyId} does not have a replica key in the specified Region.`);
    reachOtherRegion(call, PrimaryRegion);
    requireAccess(call, target);
    requireState('UpdatePrimaryRegion on the replica', target, temperament);

    promote(call, source, target);
    keepRecords(world.trail, promotionRecords(recorded));
    world.accepted({ account, keyId: key.keyId, source: region, target: PrimaryRegion, at });
    return undefined;
  },
});
