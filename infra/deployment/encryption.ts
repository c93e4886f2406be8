import { refersTo } from '../../core/fleet/key-reference.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { accountId } from '../../core/region.ts';
import type { Objection } from './objection.ts';
import type { Deployment } from './schema.ts';

const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):key\/(.+)$/;

/**
 * The keys that encrypt the orchestrator's own state: one for each control Region, in that Region, and in no fleet. A fleet that
 * held one would move the ground under the run that moves it. Fleets hold multi-Region keys only, so that a single-Region key is
 * always right; a multi-Region key that a fleet may select by alias or tag cannot be told apart here, and is refused too.
 */
export const encryptionObjections = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>): readonly Objection[] => {
  const keys = deployment.encryptionKeys;
  if (keys === undefined) return [];
  const missing = deployment.control.regions.filter((region) => keys[region] === undefined);
  const absent = missing.map((region) => ({
    path: ['encryptionKeys'],
    expected: `a key for each control Region, ${region} among them`,
    got: 'none for it',
  }));
  return [...absent, ...Object.entries(keys).flatMap(([region, arn]) => keyObjections(deployment, fleets, region, arn))];
};

const keyObjections = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>, region: string, arn: string): readonly Objection[] => {
  const path = ['encryptionKeys', region];
  const [, keyRegion, account, keyId = ''] = KEY_ARN.exec(arn) ?? [];
  if (!deployment.control.regions.some((each) => each === region))
    return [{ path, expected: `keys of the control Regions only (${deployment.control.regions.join(', ')})`, got: `one for ${region}` }];
  if (keyRegion !== region) return [{ path, expected: `a key in ${region}`, got: arn }];
  if (!keyId.startsWith('mrk-')) return [];
  const key = { account: accountId(String(account)), keyId };
  const [holder] = [...fleets].find(([, fleet]) => mayHold(fleet, key)) ?? [];
  if (holder === undefined) return [];
  const expected = `a key that no fleet may hold, best a single-Region one, because what fleet ${holder} moves must not encrypt the orchestrator’s own state`;
  return [{ path, expected, got: arn }];
};

/** Whether a fleet holds the key, or may, for all that the file tells. */
const mayHold = (fleet: Fleet, key: Parameters<typeof refersTo>[1]): boolean =>
  fleet.accounts.includes(key.account) && (!('ids' in fleet.keys) || fleet.keys.ids.some((reference) => refersTo(reference, key)));
