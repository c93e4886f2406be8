import { type KmsKey, type RegionalKey, regionsBut, relate } from '../keys/kms-key.ts';
import type { Relations } from '../keys/regional-view.ts';
import type { Call } from '../world.ts';

const relations = ({ role, primaryRegion, replicaRegions }: Relations): Relations => ({ role, primaryRegion, replicaRegions });

/** All related keys know their primary and none is `Updating` any longer, not even one that an earlier promotion left so when the next took over. */
const settle = (key: KmsKey, primaryRegion: string, nowMs: number): void => {
  relate(key, primaryRegion, nowMs);
  for (const related of key.regions.values()) {
    if (related.now.state === 'Updating') related.change(nowMs, { state: 'Enabled', relationsBefore: undefined });
  }
};

/** The two keys are who they were before the promotion, as if it had never been accepted. */
const rollBack = (source: RegionalKey, target: RegionalKey, nowMs: number): void => {
  source.change(nowMs, { role: 'PRIMARY' });
  target.change(nowMs, { role: 'REPLICA' });
  settle(source.key, source.region, nowMs);
};

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
  const inTarget = { ...call, region: primaryRegion };
  const settlingMs = faults.settlingMs(inTarget) ?? ordinaryMs;
  const halfDone = faults.halfDone(inTarget);
  if (halfDone?.ending === 'hangs') return;
  clock.after(halfDone?.afterMs ?? settlingMs, () => {
    // A promotion accepted meanwhile, on a key that was still updating, has taken over.
    if (key.promotionsAccepted !== thisPromotion) return;
    if (halfDone?.ending === 'rolls-back') {
      rollBack(source, target, clock.now());
      return;
    }
    settle(key, primaryRegion, clock.now());
  });
};
