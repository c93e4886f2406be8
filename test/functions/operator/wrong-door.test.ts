import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wrongDoor } from '../../../functions/operator/wrong-door.ts';

const contextOf = (alias: string | undefined) => ({
  invokedFunctionArn: `arn:aws:lambda:us-west-2:111122223333:function:mrk-failover-operator${alias === undefined ? '' : `:${alias}`}`,
});

describe('the doors of the operator’s function', () => {
  it('lets the path of an alias in by its URL', () => assert.equal(wrongDoor({ rawPath: '/stop' }, contextOf('stop')), undefined));

  it('lets nobody approve who may only stop', () =>
    assert.match(wrongDoor({ rawPath: '/approve' }, contextOf('stop'))?.message ?? '', /only \/stop may be asked for; got \/approve/));

  it('lets nobody in who calls the function without an alias', () =>
    assert.match(wrongDoor({ rawPath: '/stop' }, contextOf(undefined))?.message ?? '', /Nothing was done/));

  it('lets nobody in when it cannot tell the alias', () => assert.notEqual(wrongDoor({ rawPath: '/stop' }, undefined), undefined));
});
