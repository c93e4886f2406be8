import { keepRecords, replicationRecords } from '../cloud-trail.ts';
import { keyMetadata } from '../keys/key-metadata.ts';
import { makeReplica } from '../keys/make-key.ts';
import { KmsRefusal, unsupported, validation } from '../refusal.ts';
import { defaultPolicy, requirePolicy } from './key-policy.ts';
import { requireRoomForKey } from './key-quota.ts';
import { operation, usableKey } from './operation.ts';
import { reachOtherRegion } from './other-region.ts';
import { requireTags, tagsOf, tagsOnWire } from './tag-list.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html */
export const replicateKey = operation({
  name: 'ReplicateKey',
  // One of the two CreateKey units is a dry run: https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
  spends: ({ ReplicaRegion }, { region, world }) => [
    { region, quota: 'ReplicateKey', units: 1 },
    ...(world.ring.regions.includes(ReplicaRegion) ? [{ region: ReplicaRegion, quota: 'CreateKey' as const, units: 2 }] : []),
  ],
  run: ({ KeyId, ReplicaRegion, Description = '', Policy, Tags }, call) => {
    const { account, caller, requestId, world } = call;
    const primary = usableKey(call, KeyId);
    const { key } = primary;
    if (primary.now.role !== 'PRIMARY') throw unsupported(`${primary.arn} is not a multi-region primary key.`);
    if (!world.ring.regions.includes(ReplicaRegion)) throw validation(`${ReplicaRegion} is not a Region of this account.`);
    if (key.regions.has(ReplicaRegion)) {
      throw new KmsRefusal('AlreadyExistsException', 'You can create only one replica of each primary key in each AWS Region.');
    }
    reachOtherRegion(call, ReplicaRegion);

    requireTags(Tags);
    requireRoomForKey(world.ring.shelf(key.account, ReplicaRegion));
    const policy = Policy === undefined ? defaultPolicy(account) : requirePolicy(Policy);
    const own = { sinceMs: world.clock.now(), description: Description, tags: tagsOf(Tags), policy };
    const replica = makeReplica(key, primary.region, ReplicaRegion, 'Creating', own);
    world.ring.add(key);
    const recorded = { source: primary, targetRegion: ReplicaRegion, keyIdAsSent: KeyId, requestId, atMs: world.clock.now(), caller };
    keepRecords(world.trail, replicationRecords(recorded));
    world.clock.after(world.unkindness.settlingMs(), () => {
      // Material that was imported is not copied: it is imported again, in each Region.
      const state = key.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled';
      if (replica.now.state === 'Creating') replica.change(world.clock.now(), { state });
    });
    return { ReplicaKeyMetadata: keyMetadata(replica, replica.now), ReplicaPolicy: policy, ReplicaTags: tagsOnWire(own.tags) };
  },
});
