import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NO_RUN, sessionNameOf } from '../../../functions/frame/session.ts';

describe('The session name in the accounts that own keys', () => {
  it('is the ID of the run that the event belongs to', () =>
    assert.equal(sessionNameOf({ runId: 'payments-0123456789abcdef-1', stage: 'rest', batch: 7 }), 'payments-0123456789abcdef-1'));

  it('is one that STS takes, whatever a person called the run', () => {
    assert.equal(sessionNameOf({ runId: 'Übung am Montag' }), '-bung-am-Montag');
    assert.equal(sessionNameOf({ runId: 'x'.repeat(80) }).length, 64);
    assert.equal(sessionNameOf({ runId: 'x' }), NO_RUN);
  });

  it('is the project’s for what belongs to no run', () => {
    assert.equal(sessionNameOf({ detail: {} }), NO_RUN);
    assert.equal(sessionNameOf(undefined), NO_RUN);
  });
});
