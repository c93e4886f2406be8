import { growMaterial } from '../cryptography/material.ts';
import { firstVersion } from './key-material.ts';
import { type KmsKey, RegionalKey, relate } from './kms-key.ts';
import type { KeyRole, KeyState, RegionalView } from './regional-view.ts';

/** What is settled when a key is made. */
type KeyIdentity = Pick<KmsKey, 'account' | 'keyId' | 'keySpec' | 'keyUsage' | 'multiRegion' | 'origin'>;

/** The properties that each Region keeps for itself. */
type OwnProperties = Pick<RegionalView, 'sinceMs' | 'description' | 'tags' | 'policy'>;

const firstView = (role: KeyRole, state: KeyState, primaryRegion: string, own: OwnProperties): RegionalView => ({
  ...own,
  role,
  state,
  primaryRegion,
  replicaRegions: [],
  relationsBefore: undefined,
  deletion: undefined,
});

/** A new key in its first Region, enabled or waiting for its material to be imported. It is not yet on any shelf. */
export const makeKey = (worldSecret: string, identity: KeyIdentity, region: string, own: OwnProperties): RegionalKey => {
  const isExternal = identity.origin === 'EXTERNAL';
  const key: KmsKey = {
    ...identity,
    materials: isExternal ? [] : [firstVersion(growMaterial(worldSecret, { ...identity, generation: 0 }))],
    nextMaterial: undefined,
    regions: new Map(),
    rotation: undefined,
    onDemandRotation: undefined,
    onDemandRotations: 0,
    promotionsAccepted: 0,
  };
  const role = identity.multiRegion ? 'PRIMARY' : 'SINGLE';
  const made = new RegionalKey(key, region, firstView(role, isExternal ? 'PendingImport' : 'Enabled', region, own));
  key.regions.set(region, made);
  return made;
};

/** A further related key, in a Region where there is none. It is not yet on any shelf; its relatives know of it. */
export const makeReplica = (key: KmsKey, primaryRegion: string, region: string, state: KeyState, own: OwnProperties): RegionalKey => {
  const replica = new RegionalKey(key, region, firstView('REPLICA', state, primaryRegion, own));
  key.regions.set(region, replica);
  relate(key, primaryRegion, own.sinceMs);
  return replica;
};
