import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Case } from '../../../simulator/conformance/case.ts';
import type { Answer, Laboratory } from '../../../simulator/conformance/laboratory.ts';
import { type Result, runCase } from '../../../simulator/conformance/run-case.ts';

const ROW: Case = {
  title: 'a case',
  topic: 'outcome',
  mark: 'N',
  key: 'symmetric',
  step: { at: 'primary', operation: 'DisableKey', request: { KeyId: '{keyId}' } },
};

const DISABLED: Answer = { refused: 'DisabledException', message: 'mrk-1 is disabled.', status: 400 };
const THROTTLED: Answer = { refused: 'ThrottlingException', message: 'Too fast.', status: 400 };
const FINE: Answer = { accepted: { KeyId: 'mrk-1' } };

interface Heard {
  readonly operations: string[];
  readonly temperaments: unknown[];
  passedMs: number;
  doubts: number;
}

/** A laboratory that answers from a script; the last answer stays. */
const scripted = (script: readonly Answer[], more: { isReal?: boolean; lasts?: boolean; cannot?: string } = {}) => {
  const heard: Heard = { operations: [], temperaments: [], passedMs: 0, doubts: 0 };
  const answers = [...script];
  const lab: Laboratory = {
    isReal: more.isReal ?? false,
    cannot: () => more.cannot,
    doubt: () => {
      heard.doubts += 1;
    },
    enter: async (_, temperament) => {
      heard.temperaments.push(temperament);
      return {
        values: { keyId: 'mrk-1' },
        bringAbout: async () => undefined,
        lasts: async () => more.lasts ?? true,
        send: async (_at, operation) => {
          heard.operations.push(operation);
          return (answers.length > 1 ? answers.shift() : answers[0]) ?? FINE;
        },
        pass: async (ms) => {
          heard.passedMs += ms;
        },
        trail: () => [{ eventName: 'DisableKey' }],
      };
    },
  };
  return { lab, heard };
};

const outcomeOf = ({ outcome, told }: Result) => ({ outcome, told });

describe('A case', () => {
  it('passes when the answer is the expected one', async () => {
    const { lab } = scripted([DISABLED]);
    const row: Case = {
      ...ROW,
      step: { ...ROW.step, expect: { refused: 'DisabledException', message: '{keyId} is disabled.', status: 400 } },
    };

    assert.deepEqual(outcomeOf(await runCase(lab, row)), { outcome: 'passed', told: [] });
  });

  const wrong: ReadonlyArray<readonly [name: string, expect: NonNullable<Case['step']['expect']>, told: string]> = [
    [
      'another error',
      { refused: 'NotFoundException' },
      'expected NotFoundException, got DisabledException (status 400): mrk-1 is disabled.',
    ],
    ['another message', { refused: 'DisabledException', message: 'No.' }, 'expected message to be "No.", got "mrk-1 is disabled."'],
    [
      'another beginning',
      { refused: 'DisabledException', messageStarts: 'No' },
      "expected a message that begins with 'No', got 'mrk-1 is disabled.'",
    ],
    ['another status', { refused: 'DisabledException', status: 500 }, 'expected status to be 500, got 400'],
    ['an error at all', { accepted: {} }, 'expected the call to be accepted, got DisabledException (status 400): mrk-1 is disabled.'],
  ];
  for (const [name, expect, told] of wrong)
    it(`fails for ${name}`, async () => {
      const { lab } = scripted([DISABLED]);

      assert.deepEqual(outcomeOf(await runCase(lab, { ...ROW, step: { ...ROW.step, expect } })), { outcome: 'failed', told: [told] });
    });

  it('fails when what was to be refused is accepted', async () => {
    const { lab } = scripted([FINE]);
    const row: Case = { ...ROW, step: { ...ROW.step, expect: { refused: 'DisabledException' } } };

    assert.deepEqual(outcomeOf(await runCase(lab, row)), {
      outcome: 'failed',
      told: ['expected DisabledException, but the call was accepted'],
    });
  });

  it('fails before its own step when what it needs cannot be made', async () => {
    const { lab, heard } = scripted([DISABLED]);
    const row: Case = { ...ROW, before: [{ at: 'primary', operation: 'CreateGrant', request: {} }] };

    const { outcome, told } = await runCase(lab, row);

    assert.equal(outcome, 'failed');
    assert.match(told[0] ?? '', /^CreateGrant \(primary\): expected the call to be accepted, got DisabledException/);
    assert.deepEqual(heard.operations, ['CreateGrant']);
  });

  it('compares the trail', async () => {
    const { lab } = scripted([FINE]);

    const { outcome } = await runCase(lab, { ...ROW, trail: [{ eventName: 'EnableKey' }] });

    assert.equal(outcome, 'failed');
    assert.equal((await runCase(lab, { ...ROW, trail: [{ eventName: 'DisableKey' }] })).outcome, 'passed');
  });

  it('asks for each lawful answer in turn where somebody can choose', async () => {
    const { lab, heard } = scripted([DISABLED, FINE]);
    const alternatives: Case['alternatives'] = [
      { when: { promotesWhileUpdating: false }, expect: { refused: 'DisabledException' } },
      { when: { promotesWhileUpdating: true }, expect: { accepted: {} } },
    ];

    assert.equal((await runCase(lab, { ...ROW, alternatives })).outcome, 'passed');
    assert.deepEqual(heard.temperaments, [{ promotesWhileUpdating: false }, { promotesWhileUpdating: true }]);
  });

  it('takes any lawful answer of AWS, and tells which came', async () => {
    const { lab, heard } = scripted([DISABLED], { isReal: true });
    const alternatives: Case['alternatives'] = [
      { when: {}, expect: { accepted: {} } },
      { when: {}, expect: { refused: 'DisabledException' } },
    ];

    assert.deepEqual(outcomeOf(await runCase(lab, { ...ROW, alternatives })), {
      outcome: 'passed',
      told: ['of the lawful answers came: DisabledException (status 400): mrk-1 is disabled.'],
    });
    assert.equal(heard.temperaments.length, 1);
  });

  it('sends a throttled call again later', async () => {
    const { lab, heard } = scripted([THROTTLED, THROTTLED, FINE]);

    assert.equal((await runCase(lab, ROW)).outcome, 'passed');
    assert.equal(heard.operations.length, 3);
    assert.ok(heard.passedMs > 0);
  });

  it('about throttling wants the last call of a burst throttled, and none before', async () => {
    const row: Case = { ...ROW, times: 3, step: { ...ROW.step, expect: { refused: 'ThrottlingException' } } };

    assert.equal((await runCase(scripted([FINE, FINE, THROTTLED]).lab, row)).outcome, 'passed');
    assert.deepEqual(outcomeOf(await runCase(scripted([FINE, THROTTLED]).lab, row)), {
      outcome: 'failed',
      told: ['one of the first 2 calls was throttled already'],
    });
    assert.equal((await runCase(scripted([FINE]).lab, row)).outcome, 'failed');
  });

  it('gives a read of AWS that shows the past further chances', async () => {
    const { lab, heard } = scripted([{ accepted: { KeyState: 'Enabled' } }, { accepted: { KeyState: 'Disabled' } }], { isReal: true });
    const step: Case['step'] = { at: 'primary', operation: 'DescribeKey', request: {}, expect: { accepted: { KeyState: 'Disabled' } } };

    assert.deepEqual(outcomeOf(await runCase(lab, { ...ROW, step })), { outcome: 'passed', told: [] });
    assert.equal(heard.doubts, 0);
  });

  it('that differs on AWS is tried once more, from the beginning, and says what it saw before', async () => {
    const { lab, heard } = scripted([DISABLED, FINE], { isReal: true });

    assert.deepEqual(outcomeOf(await runCase(lab, ROW)), {
      outcome: 'passed',
      told: ['at the first attempt: expected the call to be accepted, got DisabledException (status 400): mrk-1 is disabled.'],
    });
    assert.deepEqual([heard.doubts, heard.temperaments.length], [1, 2]);
  });

  it('is inconclusive when the state has passed before the call came', async () => {
    const { lab } = scripted([FINE], { isReal: true, lasts: false });
    const row: Case = { ...ROW, states: { primary: 'Updating' }, step: { ...ROW.step, expect: { refused: 'KMSInvalidStateException' } } };

    assert.equal((await runCase(lab, row)).outcome, 'inconclusive');
  });

  it('is skipped with the reason where it cannot be run', async () => {
    const { lab, heard } = scripted([FINE], { cannot: 'it needs a second account' });

    assert.deepEqual(outcomeOf(await runCase(lab, ROW)), { outcome: 'skipped', told: ['it needs a second account'] });
    assert.deepEqual(heard.operations, []);
  });
});
