import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSettings, WrongSettingsError } from '../../../functions/frame/settings.ts';

const environment = {
  AWS_REGION: 'us-west-2',
  TABLE_NAME: 'mrk-failover',
  BUCKET_NAME: 'mrk-failover-working',
  BUS_NAME: 'mrk-failover',
  STATE_MACHINE_ARN: 'arn:aws:states:us-west-2:111122223333:stateMachine:mrk-failover:7',
};

const complaintAbout = (wrong: Readonly<Record<string, string | undefined>>): string => {
  try {
    parseSettings({ ...environment, ...wrong });
  } catch (error) {
    if (error instanceof WrongSettingsError) return error.message;
    throw error;
  }
  return assert.fail('Expected these settings to be refused.');
};

describe('The settings of a function', () => {
  it('are read from its environment, of which the rest is Lambda’s own business', () => {
    assert.deepEqual(parseSettings({ ...environment, PATH: '/usr/bin', AWS_LAMBDA_FUNCTION_NAME: 'plan' }), environment);
  });

  it('may name the role to assume in member accounts', () => {
    const member = { MEMBER_ROLE_NAME: 'mrk-failover-member', MEMBER_EXTERNAL_ID: 'f00' };

    assert.deepEqual(parseSettings({ ...environment, ...member }), { ...environment, ...member });
  });

  it('may name the other control Regions', () => {
    assert.equal(parseSettings({ ...environment, CONTROL_REGIONS: 'us-west-2,us-east-1' }).CONTROL_REGIONS, 'us-west-2,us-east-1');
    assert.match(complaintAbout({ CONTROL_REGIONS: 'us-west-2;us-east-1' }), /CONTROL_REGIONS: expected Region codes separated by commas/);
  });

  it('are refused with a sentence for each that is missing or wrong', () => {
    assert.deepEqual(
      complaintAbout({ AWS_REGION: 'Oregon', TABLE_NAME: '', STATE_MACHINE_ARN: 'mrk-failover', BUS_NAME: undefined }).split('\n'),
      [
        'The environment of this function is not right:',
        'AWS_REGION: expected a Region code such as us-west-2; got "Oregon".',
        'TABLE_NAME: expected a text of 1 to 2,048 characters; got "".',
        'BUS_NAME: expected a text of 1 to 2,048 characters; got nothing.',
        'STATE_MACHINE_ARN: expected the ARN of a state machine; got "mrk-failover".',
      ],
    );
  });

  it('are refused when a setting that may be left out is there and empty', () => {
    assert.match(complaintAbout({ MEMBER_ROLE_NAME: '' }), /^MEMBER_ROLE_NAME: .*; got ""\.$/m);
  });

  it('are refused under a name that Step Functions and the logs can tell', () => {
    assert.throws(() => parseSettings({}), { name: 'WrongSettings' });
  });
});
