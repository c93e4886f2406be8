import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callerNamedByNobody, readCaller } from '../../../../simulator/kms/authorization/caller.ts';

const SESSION = 'arn:aws:sts::111111111111:assumed-role/mover/run-7';
const USER = 'arn:aws:iam::111111111111:user/people/ada';
const ROOT = 'arn:aws:iam::111111111111:root';

describe('A caller', () => {
  it('who is a role calls in a session of it, which leaves the path of the role out', () => {
    assert.deepEqual(readCaller('arn:aws:iam::111111111111:role/service/mover'), {
      arn: 'arn:aws:sts::111111111111:assumed-role/mover/session',
      principalArn: 'arn:aws:iam::111111111111:role/service/mover',
      account: '111111111111',
      kind: 'role session',
    });
  });

  it('who is a session has the policies of its role', () => {
    assert.deepEqual(readCaller(SESSION), {
      arn: SESSION,
      principalArn: 'arn:aws:iam::111111111111:role/mover',
      account: '111111111111',
      kind: 'role session',
    });
  });

  it('who is a user or the root of an account is itself', () => {
    assert.deepEqual(readCaller(USER), { arn: USER, principalArn: USER, account: '111111111111', kind: 'user' });
    assert.deepEqual(readCaller(ROOT), { arn: ROOT, principalArn: ROOT, account: '111111111111', kind: 'account' });
  });

  it('whom nobody named is a session of a role of the account', () => {
    assert.equal(callerNamedByNobody('222222222222').arn, 'arn:aws:sts::222222222222:assumed-role/simulated-caller/session');
  });

  for (const text of [
    '',
    'mover',
    'arn:aws:iam::11:role/mover',
    'arn:aws:sts::111111111111:root',
    'arn:aws:iam::111111111111:group/movers',
  ])
    it(`is not '${text}'`, () => {
      assert.throws(() => readCaller(text), {
        name: 'RangeError',
        message: `Expected the ARN of a role, a role's session, a user or an account's root, got '${text}'.`,
      });
    });
});
