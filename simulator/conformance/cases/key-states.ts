import type { KeyState } from '../../kms/keys/regional-view.ts';
import type { Alternative, Case, Expectation, KeyKind } from '../case.ts';
import { RECIPES, type Recipe } from './recipes.ts';

/**
 * What the key-state table says of one operation in one state: `Y` allowed, a number for the error of that number in the
 * page's list, `2|3` for either, `Y|15` where AWS contradicts itself, `-` where the page says it depends or does not apply.
 */
type Cell = 'Y' | '1' | '3' | '4' | '5' | '6' | '7' | '14' | '15' | '2|3' | 'Y|15' | '-';

/** Enabled, Disabled, PendingDeletion and PendingReplicaDeletion, PendingImport, Creating, Updating. */
type Cells = readonly [Cell, Cell, Cell, Cell, Cell, Cell];

const READ: Cells = ['Y', 'Y', 'Y', 'Y', 'Y', 'Y'];
const USE: Cells = ['Y', '1', '2|3', '5', '14', 'Y'];
const USE_OF_ASYMMETRIC: Cells = ['Y', '1', '2|3', '-', '14', 'Y'];
const SWITCH: Cells = ['Y', 'Y', '3', '5', '14', '15'];
const LABEL: Cells = ['Y', 'Y', '3', 'Y', 'Y', 'Y'];

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html. */
const TABLE: Readonly<Record<string, Cells>> = {
  DescribeKey: READ,
  GetKeyPolicy: READ,
  PutKeyPolicy: READ,
  ListAliases: READ,
  ListGrants: READ,
  ListKeyPolicies: READ,
  ListResourceTags: READ,
  RetireGrant: READ,
  RevokeGrant: READ,
  Encrypt: USE,
  Decrypt: USE,
  ReEncrypt: USE,
  GenerateDataKey: USE,
  GenerateDataKeyWithoutPlaintext: USE,
  GenerateDataKeyPair: USE,
  GenerateDataKeyPairWithoutPlaintext: USE,
  GenerateMac: USE_OF_ASYMMETRIC,
  VerifyMac: USE_OF_ASYMMETRIC,
  Sign: USE_OF_ASYMMETRIC,
  Verify: USE_OF_ASYMMETRIC,
  GetPublicKey: USE_OF_ASYMMETRIC,
  DeriveSharedSecret: USE_OF_ASYMMETRIC,
  UpdatePrimaryRegion: ['Y', '1', '2|3', '5', '14', 'Y|15'],
  ReplicateKey: ['Y', '1', '2|3', '5', '14', '15'],
  EnableKey: SWITCH,
  DisableKey: SWITCH,
  ScheduleKeyDeletion: ['Y', 'Y', '3', 'Y', 'Y', '15'],
  CancelKeyDeletion: ['4', '4', 'Y', '4', '4', '4'],
  CreateGrant: USE,
  EnableKeyRotation: ['Y', '1', '3', '6', '14', 'Y'],
  DisableKeyRotation: ['Y', '1', '3', '6', '14', 'Y'],
  GetKeyRotationStatus: ['Y', 'Y', 'Y', '6', 'Y', 'Y'],
  TagResource: LABEL,
  UntagResource: LABEL,
  UpdateKeyDescription: LABEL,
  CreateAlias: LABEL,
  UpdateAlias: ['Y', 'Y', '3', 'Y', 'Y', 'Y'],
  DeleteAlias: READ,
  GetParametersForImport: ['-', '-', '3', 'Y', '14', '15'],
  ImportKeyMaterial: ['-', '-', '3', 'Y', '14', 'Y'],
  DeleteImportedKeyMaterial: ['Y', 'Y', 'Y', 'Y', '14', '15'],
};

/** What the table says of the same operations on keys of origin EXTERNAL, where that differs. */
const TABLE_OF_IMPORTED: Readonly<Record<string, Cells>> = {
  EnableKeyRotation: ['7', '-', '-', '-', '-', '7'],
  DisableKeyRotation: ['7', '-', '-', '-', '-', '7'],
};

/** They are taken to behave as Sign does. */
const YOUNGER_THAN_THE_TABLE: ReadonlySet<string> = new Set(['DeriveSharedSecret']);

const COLUMNS: readonly (readonly KeyState[])[] = [
  ['Enabled'],
  ['Disabled'],
  ['PendingDeletion', 'PendingReplicaDeletion'],
  ['PendingImport'],
  ['Creating'],
  ['Updating'],
];

const IN_WORDS: Readonly<Partial<Record<KeyState, string>>> = {
  Creating: 'is creating.',
  Disabled: 'is disabled.',
  PendingDeletion: 'is pending deletion.',
  PendingReplicaDeletion: 'is pending replica deletion.',
  PendingImport: 'is pending import.',
  Updating: 'is updating.',
};

const ALLOWED: Expectation = { accepted: {} };
const refused = (error: string, state: KeyState): Expectation => ({ refused: error, message: `{primary} ${IN_WORDS[state]}` });

const expectationOf = (cell: Cell, state: KeyState): Expectation => {
  switch (cell) {
    case '1':
      return refused('DisabledException', state);
    case '4':
      return { refused: 'KMSInvalidStateException', messageStarts: '{primary} is not pending deletion' };
    case '6':
    case '7':
      return { refused: 'UnsupportedOperationException' };
    case '3':
    case '5':
    case '14':
    case '15':
      return refused('KMSInvalidStateException', state);
    default:
      return ALLOWED;
  }
};

const alternativesOf = (cell: Cell, state: KeyState): readonly Alternative[] | undefined => {
  if (cell === '2|3') {
    return (['DisabledException', 'KMSInvalidStateException'] as const).map((error) => ({
      when: { pendingDeletionError: error },
      expect: refused(error, state),
    }));
  }
  if (cell !== 'Y|15') return undefined;
  return [
    { when: { promotesWhileUpdating: true }, expect: ALLOWED },
    { when: { promotesWhileUpdating: false }, expect: refused('KMSInvalidStateException', state) },
  ];
};

/** States that only a wait of days, a second key or luck would bring about on AWS. */
const NOT_ON_AWS: Readonly<Partial<Record<KeyState, string>>> = {
  PendingDeletion: 'a primary with replicas becomes PendingReplicaDeletion; the last replica takes a week at least to go',
  Creating: 'the state lasts for a moment',
};

const kindFor = (recipe: Recipe, state: KeyState): KeyKind =>
  state === 'PendingImport' && recipe.key === 'symmetric' ? 'imported' : recipe.key;

const caseOf = (operation: string, recipe: Recipe, key: KeyKind, cell: Cell, state: KeyState): Case => {
  const alternatives = alternativesOf(cell, state);
  const notOnAws = NOT_ON_AWS[state] ?? recipe.notOnAws;
  return {
    title: `${operation} on a key that is ${state}${key === 'imported' && state !== 'PendingImport' ? ', with imported material' : ''}`,
    topic: 'state',
    mark: alternatives === undefined && !YOUNGER_THAN_THE_TABLE.has(operation) ? 'C*' : 'U',
    key,
    states: state === 'Enabled' ? {} : { primary: state },
    ...(recipe.before && { before: recipe.before }),
    step: { at: 'primary', operation, request: recipe.request, expect: expectationOf(cell, state) },
    ...(alternatives && { alternatives }),
    ...(notOnAws && { notOnAws }),
  };
};

const rowsOf = (operation: string, cells: Cells, keyOf: (recipe: Recipe, state: KeyState) => KeyKind): readonly Case[] => {
  const recipe = RECIPES[operation];
  if (recipe === undefined) throw new RangeError(`Expected a recipe for ${operation}, which the key-state table has.`);
  return cells.flatMap((cell, column) =>
    cell === '-' ? [] : (COLUMNS[column] ?? []).map((state) => caseOf(operation, recipe, keyOf(recipe, state), cell, state)),
  );
};

/** Every cell of the key-state table that says something. */
export const KEY_STATE_CASES: readonly Case[] = [
  ...Object.entries(TABLE).flatMap(([operation, cells]) => rowsOf(operation, cells, kindFor)),
  ...Object.entries(TABLE_OF_IMPORTED).flatMap(([operation, cells]) => rowsOf(operation, cells, () => 'imported')),
];
