import { type Readings, seen } from '../../../core/key/agree.ts';
import type { KmsFailure } from '../../../core/key/failure.ts';
import type { KeyRef } from '../../../core/key/key.ts';
import type { Runtime } from '../runtime.ts';

/** Whether an on-demand rotation of the key is under way, asked where its primary is; only symmetric keys can rotate. */
export const rotationOf = async (
  runtime: Pick<Runtime, 'kms'>,
  { account, keyId }: KeyRef,
  readings: Readings,
): Promise<boolean | 'not-asked' | KmsFailure> => {
  const primary = seen(readings).find(({ role }) => role === 'PRIMARY');
  if (primary === undefined || primary.spec !== 'SYMMETRIC_DEFAULT' || primary.state !== 'Enabled') return 'not-asked';
  const status = await runtime.kms.rotation({ account, keyId, region: primary.region });
  return status.kind === 'rotation' ? status.running : status;
};
