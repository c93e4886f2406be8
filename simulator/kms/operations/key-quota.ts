import type { Shelf } from '../keys/shelf.ts';
import { KmsRefusal } from '../refusal.ts';

/** Customer keys of an account in a Region, replicas among them: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const KEYS_MAX = 100_000;

/** @throws KmsRefusal (LimitExceededException) when the account can have no further key in this Region, before any increase */
export const requireRoomForKey = ({ account, region, keys }: Shelf): void => {
  if (keys.size >= KEYS_MAX)
    throw new KmsRefusal('LimitExceededException', `Account ${account} has ${KEYS_MAX} keys in ${region} already, which is its quota.`);
};
