import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { intentId, runName } from '../../../core/run/name.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

const incident = 'arn:aws:health:us-east-1::event/KMS/AWS_KMS_OPERATIONAL_ISSUE/AWS_KMS_OPERATIONAL_ISSUE_1';

describe('An intent’s name', () => {
  it('begins with the fleet and stays the same from release to release, since runs under way are found by it', () => {
    assert.equal(intentId(requestWith()), 'payments-5456df7e94baace0');
  });

  it('is the same whichever way and for whatever operation the request came', () => {
    const { fleet, target } = requestWith();

    assert.equal(intentId({ fleet, target, incident }), intentId(requestWith({ incident, operation: 'switchover', source: TARGET })));
  });

  it('differs by fleet, by target and by incident', () => {
    const names = [{}, { fleet: 'orders' }, { target: SOURCE }, { incident: 'INC-2' }].map((changes) => intentId(requestWith(changes)));

    assert.equal(new Set(names).size, 4);
  });

  it('does not confuse where one field ends and the next begins', () => {
    const one = intentId({ fleet: 'a', target: TARGET, incident: 'b' });

    assert.notEqual(one.slice('a'.length), intentId({ fleet: 'ab', target: TARGET, incident: '' }).slice('ab'.length));
  });
});

describe('A run’s name', () => {
  it('is the intent’s with the generation behind it', () => assert.equal(runName('payments-0', 2), 'payments-0-2'));

  it('is one that Step Functions takes, for every fleet and incident and ten thousand generations', () => {
    const fleet = fc.stringMatching(/^[a-z][a-z0-9-]{0,38}$/);
    fc.assert(
      fc.property(fleet, fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 1, max: 10_000 }), (name, why, generation) => {
        assert.match(runName(intentId(requestWith({ fleet: name, incident: why })), generation), /^[A-Za-z0-9_-]{1,80}$/);
      }),
    );
  });
});
