import { keyMetadata } from '../keys/key-metadata.ts';
import { algorithmsOf, type KeyOrigin, type KeySpec, type KeyUsage } from '../keys/key-specs.ts';
import { makeKey } from '../keys/make-key.ts';
import type { Parameters } from '../model/requests.ts';
import { unsupported, validation } from '../refusal.ts';
import { defaultPolicy, requirePolicy } from './key-policy.ts';
import { requireRoomForKey } from './key-quota.ts';
import { operation } from './operation.ts';
import { requireTags, tagsOf } from './tag-list.ts';

type CreateKeyParameters = Parameters<'CreateKey'>;

const specOf = ({ KeySpec: spec, CustomerMasterKeySpec: oldName }: CreateKeyParameters): KeySpec => {
  if (spec !== undefined && oldName !== undefined) {
    throw validation('You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.');
  }
  const wanted = spec ?? oldName ?? 'SYMMETRIC_DEFAULT';
  switch (wanted) {
    case 'SM2':
      throw unsupported('This KMS has no keys of spec SM2, which AWS offers in its Regions in China only.');
    case 'ML_KEM_512':
    case 'ML_KEM_768':
    case 'ML_KEM_1024':
      throw unsupported(`This KMS has no keys of spec ${wanted} yet.`);
    default:
      return wanted;
  }
};

const usageOf = ({ KeyUsage: usage }: CreateKeyParameters, keySpec: KeySpec): KeyUsage => {
  if (usage === undefined && keySpec !== 'SYMMETRIC_DEFAULT') {
    throw validation('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.');
  }
  const wanted = usage ?? 'ENCRYPT_DECRYPT';
  if (wanted === 'ENCAPSULATE_DECAPSULATE' || algorithmsOf(keySpec, wanted).length === 0) {
    throw validation(`KeyUsage ${wanted} is not compatible with KeySpec ${keySpec}`);
  }
  return wanted;
};

const originOf = ({ Origin = 'AWS_KMS', CustomKeyStoreId, XksKeyId }: CreateKeyParameters): KeyOrigin => {
  if (Origin === 'AWS_CLOUDHSM' || Origin === 'EXTERNAL_KEY_STORE' || CustomKeyStoreId !== undefined || XksKeyId !== undefined) {
    throw unsupported('This KMS has no custom key stores, and multi-Region keys cannot be in one: use the Origin AWS_KMS or EXTERNAL.');
  }
  return Origin;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = operation({
  name: 'CreateKey',
  run: (parameters, call) => {
    const { MultiRegion: multiRegion = false, Description: description = '', Policy, Tags } = parameters;
    const { account, region, world } = call;
    const keySpec = specOf(parameters);
    const identity = { account, keySpec, keyUsage: usageOf(parameters, keySpec), multiRegion, origin: originOf(parameters) };
    requireTags(Tags);
    requireRoomForKey(call.shelf);
    const policy = Policy === undefined ? defaultPolicy(account) : requirePolicy(Policy);
    const hex = world.keyIds.hex(32);
    const keyId = multiRegion ? `mrk-${hex}` : hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const own = { sinceMs: world.clock.now(), description, tags: tagsOf(Tags), policy };
    const made = makeKey(world.secret, { ...identity, keyId }, region, own);
    world.ring.add(made.key);
    return { KeyMetadata: keyMetadata(made, made.now) };
  },
});
