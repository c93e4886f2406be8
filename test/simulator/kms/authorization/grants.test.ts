import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCaller } from '../../../../simulator/kms/authorization/caller.ts';
import { grantFor } from '../../../../simulator/kms/authorization/grants.ts';
import type { Grant, GrantConstraints } from '../../../../simulator/kms/keys/grant.ts';

const WORKER = 'arn:aws:iam::111111111111:role/worker';
const JANITOR = 'arn:aws:iam::111111111111:role/janitor';

const grant = (more: Partial<Grant>): Grant => ({
  grantId: 'a'.repeat(64),
  name: undefined,
  granteePrincipal: WORKER,
  retiringPrincipal: JANITOR,
  issuingAccount: 'arn:aws:iam::111111111111:root',
  operations: ['Encrypt', 'Decrypt'],
  constraints: undefined,
  createdAtMs: 0,
  endedAtMs: undefined,
  ...more,
});

const constrained = (constraints: Partial<GrantConstraints>): GrantConstraints => ({
  encryptionContextEquals: undefined,
  encryptionContextSubset: undefined,
  sourceArn: undefined,
  ...constraints,
});

interface Row {
  readonly name: string;
  readonly given: Partial<Grant>;
  readonly caller?: string;
  readonly action: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly allowed: boolean;
}

const SUBSET = { constraints: constrained({ encryptionContextSubset: { team: 'payments' } }) };
const EQUAL = { constraints: constrained({ encryptionContextEquals: { team: 'payments' } }) };
const context = (EncryptionContext: Readonly<Record<string, string>>) => ({ EncryptionContext });
const HANDING_ON = { operations: ['CreateGrant', 'Decrypt'] };

const ROWS: readonly Row[] = [
  { name: 'allows what it names', given: {}, action: 'Decrypt', allowed: true },
  { name: 'allows nothing else', given: {}, action: 'GenerateDataKey', allowed: false },
  { name: 'allows nobody else', given: {}, caller: JANITOR, action: 'Decrypt', allowed: false },
  {
    name: 'to one session is not for others',
    given: { granteePrincipal: 'arn:aws:sts::111111111111:assumed-role/worker/1' },
    action: 'Decrypt',
    allowed: false,
  },
  {
    name: 'to the root of an account is not for everybody in it',
    given: { granteePrincipal: 'arn:aws:iam::111111111111:root' },
    action: 'Decrypt',
    allowed: false,
  },
  {
    name: 'with a subset takes a context that has more',
    given: SUBSET,
    action: 'Decrypt',
    parameters: context({ team: 'payments', day: '1' }),
    allowed: true,
  },
  { name: 'with a subset takes no other value', given: SUBSET, action: 'Decrypt', parameters: context({ team: 'loans' }), allowed: false },
  { name: 'with a subset takes no call without context', given: SUBSET, action: 'Decrypt', allowed: false },
  {
    name: 'with an equal context takes that one',
    given: EQUAL,
    action: 'Encrypt',
    parameters: context({ team: 'payments' }),
    allowed: true,
  },
  {
    name: 'with an equal context takes none that has more',
    given: EQUAL,
    action: 'Encrypt',
    parameters: context({ team: 'payments', day: '1' }),
    allowed: false,
  },
  {
    name: 'with a constraint does not bind what has no context',
    given: { ...SUBSET, operations: ['DescribeKey'] },
    action: 'DescribeKey',
    allowed: true,
  },
  {
    name: 'looks at the source’s context of ReEncrypt for the source',
    given: { ...EQUAL, operations: ['ReEncryptFrom'] },
    action: 'ReEncryptFrom',
    parameters: { SourceEncryptionContext: { team: 'payments' }, DestinationEncryptionContext: {} },
    allowed: true,
  },
  { name: 'may be retired by its retiring principal', given: {}, caller: JANITOR, action: 'RetireGrant', allowed: true },
  { name: 'may not be retired by its grantee', given: {}, action: 'RetireGrant', allowed: false },
  { name: 'may be retired by its grantee where it says so', given: { operations: ['RetireGrant'] }, action: 'RetireGrant', allowed: true },
  {
    name: 'for a source is of no use to callers of their own',
    given: { operations: ['DescribeKey'], constraints: constrained({ sourceArn: 'arn:aws:s3:::orders' }) },
    action: 'DescribeKey',
    allowed: false,
  },
  {
    name: 'for a source may be retired by its grantee where it says so',
    given: { operations: ['RetireGrant'], constraints: constrained({ sourceArn: 'arn:aws:s3:::orders' }) },
    action: 'RetireGrant',
    allowed: true,
  },
  { name: 'hands on what it has', given: HANDING_ON, action: 'CreateGrant', parameters: { Operations: ['Decrypt'] }, allowed: true },
  {
    name: 'hands on no more than it has',
    given: HANDING_ON,
    action: 'CreateGrant',
    parameters: { Operations: ['Decrypt', 'Encrypt'] },
    allowed: false,
  },
  {
    name: 'hands on nothing without its constraints',
    given: { ...HANDING_ON, ...SUBSET },
    action: 'CreateGrant',
    parameters: { Operations: ['Decrypt'] },
    allowed: false,
  },
  {
    name: 'hands on what is constrained more',
    given: { ...HANDING_ON, ...SUBSET },
    action: 'CreateGrant',
    parameters: { Operations: ['Decrypt'], Constraints: { EncryptionContextSubset: { team: 'payments', day: '1' } } },
    allowed: true,
  },
  {
    name: 'with an equal context hands on no subset',
    given: { ...HANDING_ON, ...EQUAL },
    action: 'CreateGrant',
    parameters: { Operations: ['Decrypt'], Constraints: { EncryptionContextSubset: { team: 'payments' } } },
    allowed: false,
  },
  {
    name: 'with an equal context hands on the same',
    given: { ...HANDING_ON, ...EQUAL },
    action: 'CreateGrant',
    parameters: { Operations: ['Decrypt'], Constraints: { EncryptionContextEquals: { team: 'payments' } } },
    allowed: true,
  },
];

describe('A grant', () => {
  for (const { action, allowed, caller = WORKER, given, name, parameters = {} } of ROWS)
    it(name, () => {
      const one = grant(given);

      assert.equal(grantFor([one], readCaller(caller), action, parameters), allowed ? one : undefined);
    });
});
