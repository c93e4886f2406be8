import { z } from 'zod';
import { keyMetadata } from '../keys/key-metadata.ts';
import { algorithmsOf, KEY_SPECS, type KeySpec, type KeyUsage } from '../keys/key-specs.ts';
import { makeKey } from '../keys/make-key.ts';
import { validation } from '../refusal.ts';
import { defaultPolicy, requirePolicy } from './key-policy.ts';
import { operation } from './operation.ts';
import { descriptionText, flag, policyText, tagList, tagsOf } from './parameters.ts';

const usages = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC'] as const satisfies readonly KeyUsage[];

const parameters = z.strictObject({
  KeySpec: z.enum(Object.keys(KEY_SPECS) as KeySpec[]).default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.enum(usages).default('ENCRYPT_DECRYPT'),
  MultiRegion: flag,
  Origin: z.literal('AWS_KMS').optional(),
  Description: descriptionText.default(''),
  Policy: policyText.optional(),
  BypassPolicyLockoutSafetyCheck: flag,
  Tags: tagList.optional(),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = operation({
  name: 'CreateKey',
  parameters,
  run: ({ KeySpec, KeyUsage, MultiRegion = false, Description, Policy, Tags }, call) => {
    const { account, region, world } = call;
    if (algorithmsOf(KeySpec, KeyUsage).length === 0) throw validation(`KeyUsage ${KeyUsage} is not compatible with KeySpec ${KeySpec}`);
    const hex = world.keyIds.hex(32);
    const keyId = MultiRegion ? `mrk-${hex}` : hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const made = makeKey(world.secret, { account, keyId, keySpec: KeySpec, keyUsage: KeyUsage, multiRegion: MultiRegion }, region, {
      sinceMs: world.clock.now(),
      description: Description,
      tags: tagsOf(Tags),
      policy: Policy === undefined ? defaultPolicy(account) : requirePolicy(Policy),
    });
    world.ring.add(made.key);
    return { KeyMetadata: keyMetadata(made, made.now) };
  },
});
