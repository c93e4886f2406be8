import { KmsRefusal, NoAnswer } from '../refusal.ts';
import type { Call } from '../world.ts';

/**
 * The call that KMS itself makes to another Region on the caller's behalf.
 * @throws KMSInternalException, or NoAnswer, when that Region does not answer: what AWS does then is not documented
 */
export const reachOtherRegion = (call: Call, region: string): void => {
  const { operation, account, isRead, world } = call;
  if (!world.faults.silences({ operation, account, region, isRead })) return;
  if (world.temperament.darkOtherRegion === 'silence') throw new NoAnswer();
  throw new KmsRefusal('KMSInternalException', `KMS in ${region} did not answer KMS in ${call.region}.`, 500);
};
