import type { OperationName } from '../operation-name.ts';
import type { KeyState } from './regional-view.ts';

/** What an operation meets in a key state: `yes`, the number of an error, or what the world's temperament chose. */
export type StateRule = 'yes' | 1 | 3 | 4 | 5 | 6 | 14 | 15 | '2 or 3' | 'yes or 15';

type Row = Readonly<Record<KeyState, StateRule>>;

/** Cells in the order Enabled, Disabled, PendingDeletion and PendingReplicaDeletion, PendingImport, Creating, Updating. */
const row = (
  ...[Enabled, Disabled, pending, PendingImport, Creating, Updating]: [StateRule, StateRule, StateRule, StateRule, StateRule, StateRule]
): Row => ({ Enabled, Disabled, PendingDeletion: pending, PendingReplicaDeletion: pending, PendingImport, Creating, Updating });

const READ = row('yes', 'yes', 'yes', 'yes', 'yes', 'yes');
const USE = row('yes', 1, '2 or 3', 5, 14, 'yes');
const SWITCH = row('yes', 'yes', 3, 5, 14, 15);
const ROTATE = row('yes', 1, 3, 6, 14, 'yes');
const LABEL = row('yes', 'yes', 3, 'yes', 'yes', 'yes');

/** `UpdatePrimaryRegion on the replica` is the half that KMS does in the target Region. */
export type StatefulOperation = OperationName | 'UpdatePrimaryRegion on the replica';

/**
 * Which operation is allowed in which key state, with the numbers of the page's own error list. The operations that act on no
 * existing key have no state in their way. Where the page says `?`, the operation itself looks at the key's origin or spec.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export const KEY_STATE_TABLE: Readonly<Record<StatefulOperation, Row>> = {
  CreateKey: READ,
  GenerateRandom: READ,
  ListKeys: READ,
  ListRetirableGrants: READ,
  DescribeKey: READ,
  GetKeyLastUsage: READ,
  GetKeyPolicy: READ,
  PutKeyPolicy: READ,
  ListAliases: READ,
  ListGrants: READ,
  ListKeyPolicies: READ,
  ListKeyRotations: READ,
  ListResourceTags: READ,
  RetireGrant: READ,
  RevokeGrant: READ,
  DeleteAlias: READ,
  Encrypt: USE,
  Decrypt: USE,
  ReEncrypt: USE,
  GenerateDataKey: USE,
  GenerateDataKeyWithoutPlaintext: USE,
  GenerateDataKeyPair: USE,
  GenerateDataKeyPairWithoutPlaintext: USE,
  GenerateMac: USE,
  VerifyMac: USE,
  Sign: USE,
  Verify: USE,
  GetPublicKey: USE,
  DeriveSharedSecret: USE,
  CreateGrant: USE,
  UpdatePrimaryRegion: row('yes', 1, '2 or 3', 5, 14, 'yes or 15'),
  'UpdatePrimaryRegion on the replica': row('yes', 1, 3, 5, 14, 'yes or 15'),
  ReplicateKey: row('yes', 1, '2 or 3', 5, 14, 15),
  EnableKey: SWITCH,
  DisableKey: SWITCH,
  ScheduleKeyDeletion: row('yes', 'yes', 3, 'yes', 'yes', 15),
  CancelKeyDeletion: row(4, 4, 'yes', 4, 4, 4),
  EnableKeyRotation: ROTATE,
  DisableKeyRotation: ROTATE,
  RotateKeyOnDemand: row('yes', 1, 3, 5, 14, 'yes'),
  GetKeyRotationStatus: row('yes', 'yes', 'yes', 6, 'yes', 'yes'),
  GetParametersForImport: row('yes', 'yes', 3, 'yes', 14, 15),
  ImportKeyMaterial: row('yes', 'yes', 3, 'yes', 14, 'yes'),
  DeleteImportedKeyMaterial: row('yes', 'yes', 'yes', 'yes', 14, 15),
  TagResource: LABEL,
  UntagResource: LABEL,
  UpdateKeyDescription: LABEL,
  CreateAlias: LABEL,
  UpdateAlias: LABEL,
};
