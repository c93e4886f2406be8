import { type RegionalKey, regionsBut, relate } from '../keys/kms-key.ts';
import type { Relations } from '../keys/regional-view.ts';
import type { Call } from '../world.ts';

const relations = ({ role, primaryRegion, replicaRegions }: Relations): Relations => ({ role, primaryRegion, replicaRegions });

/**
 * Moves the primary role. The two keys swap roles and are `Updating` at once; when the change has settled they are
 * `Enabled` again and the other replicas learn who their primary is.
 */
export const promote = (call: Call, source: RegionalKey, target: RegionalKey): void => {
  const { clock, faults, unkindness } = call.world;
  const { key } = source;
  key.promotionsAccepted += 1;
  const thisPromotion = key.promotionsAccepted;
  const relationsBefore = relations(target.now);
  const primaryRegion = target.region;
  const replicaRegions = regionsBut(key, primaryRegion);
  source.change(clock.now(), { state: 'Updating', role: 'REPLICA', primaryRegion, replicaRegions, relationsBefore: undefined });
  target.change(clock.now(), { state: 'Updating', role: 'PRIMARY', primaryRegion, replicaRegions, relationsBefore });

  const ordinaryMs = unkindness.settlingMs();
  clock.after(faults.settlingMs() ?? ordinaryMs, () => {
    // A promotion accepted meanwhile, on a key that was still updating, has taken over.
    if (key.promotionsAccepted !== thisPromotion) return;
    relate(key, primaryRegion, clock.now());
    for (const side of [source, target]) {
      if (side.now.state === 'Updating') side.change(clock.now(), { state: 'Enabled', relationsBefore: undefined });
    }
  });
};
