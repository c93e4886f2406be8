import type { Readings } from '../../core/key/agree.ts';
import type { FailureCode, KmsFailure } from '../../core/key/failure.ts';
import type { KeyRef, KeyView } from '../../core/key/key.ts';
import { accountId, type Region, region } from '../../core/region.ts';
import { mrk } from './fleet.ts';

export const ACCOUNT = accountId('111122223333');
export const SOURCE = region('us-east-1');
export const TARGET = region('us-west-2');
export const THIRD = region('eu-west-1');

export const keyRef = (digits = '1'): KeyRef => ({ account: ACCOUNT, keyId: mrk(digits) });

/** What one Region says of an ordinary symmetric key with its primary in the source, unless told otherwise. */
export const viewOf = (at: Region, changes: Partial<KeyView> = {}): KeyView => {
  const primaryRegion = changes.primaryRegion ?? SOURCE;
  return {
    kind: 'seen',
    region: at,
    state: 'Enabled',
    usage: 'ENCRYPT_DECRYPT',
    spec: 'SYMMETRIC_DEFAULT',
    multiRegion: true,
    role: at === primaryRegion ? 'PRIMARY' : 'REPLICA',
    primaryRegion,
    regions: [SOURCE, TARGET],
    algorithms: ['SYMMETRIC_DEFAULT'],
    ...changes,
  };
};

/** What a Region says of a single-Region key. */
export const singleView = (at: Region): KeyView => {
  const { role: _role, primaryRegion: _primaryRegion, ...rest } = viewOf(at);
  return { ...rest, multiRegion: false, regions: [] };
};

/** A call that failed so, with KMS's words left out. */
export const failing = (code: FailureCode, changes: Partial<KmsFailure> = {}): KmsFailure => ({
  kind: 'failure',
  code,
  errorName: `${code} error`,
  message: `${code} message`,
  ...changes,
});

/** Readings by Region, each a view or the code of a failure. */
export const readingsOf = (byRegion: Readonly<Record<string, KeyView | KmsFailure | FailureCode>>): Readings =>
  new Map(Object.entries(byRegion).map(([code, reading]) => [region(code), typeof reading === 'string' ? failing(reading) : reading]));
