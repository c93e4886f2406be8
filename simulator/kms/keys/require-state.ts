import { KmsRefusal, unsupported } from '../refusal.ts';
import type { Temperament } from '../temperament.ts';
import { KEY_STATE_TABLE, type StatefulOperation } from './key-state-table.ts';
import type { RegionalKey } from './kms-key.ts';
import type { KeyState } from './regional-view.ts';

/** How KMS says which state is in the way. */
const STATE_IN_WORDS: Readonly<Record<KeyState, string>> = {
  Creating: 'is creating.',
  Disabled: 'is disabled.',
  Enabled: 'is enabled.',
  PendingDeletion: 'is pending deletion.',
  PendingImport: 'is pending import.',
  PendingReplicaDeletion: 'is pending replica deletion.',
  Updating: 'is updating.',
};

/** @throws the refusal of KMS when the key's state (as it truly is, never a stale one) does not allow the operation. */
export const requireState = (operation: StatefulOperation, { arn, now: { state } }: RegionalKey, temperament: Temperament): void => {
  const refusal = (name: string): KmsRefusal => new KmsRefusal(name, `${arn} ${STATE_IN_WORDS[state]}`);
  const rule = KEY_STATE_TABLE[operation][state];
  switch (rule) {
    case 'yes':
      return;
    case 1:
      throw refusal('DisabledException');
    case '2 or 3':
      throw refusal(temperament.pendingDeletionError);
    case 3:
    case 5:
    case 14:
    case 15:
      throw refusal('KMSInvalidStateException');
    case 4:
      throw new KmsRefusal('KMSInvalidStateException', `${arn} is not pending deletion.`);
    case 6:
      throw unsupported(`${arn} origin is EXTERNAL which is not valid for this operation.`);
    case 'yes or 15':
      if (!temperament.promotesWhileUpdating) throw refusal('KMSInvalidStateException');
  }
};
