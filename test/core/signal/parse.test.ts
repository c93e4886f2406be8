import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseSignal } from '../../../core/signal/parse.ts';
import { rawHealthEvent } from '../../support/health-fixture.ts';

type Raw = Record<string, unknown> & { detail: Record<string, unknown> };
const recorded = (name: string): Raw => JSON.parse(readFileSync(new URL(`../../fixtures/signals/${name}.json`, import.meta.url), 'utf8'));
const NAMES = ['alarm-rings', 'drill-due', 'tick', 'promotion-by-caller', 'promotion-by-kms', 'execution-aborted'];

const signalOf = (raw: unknown) => {
  const reading = parseSignal(raw);
  if (reading.kind !== 'signal') assert.fail(JSON.stringify(reading));
  return reading.signal;
};

describe('A signal is read', () => {
  it('as if a field that may be left out were not there, when it is null', () => {
    assert.equal(signalOf({ ...recorded('alarm-rings'), time: null }).at, undefined);
    const raw = recorded('promotion-by-caller');
    const signal = signalOf({ ...raw, detail: { ...raw.detail, errorCode: null, userIdentity: null } });

    assert.ok(signal.kind === 'promotion');
    assert.deepEqual(
      [signal.record.errorCode, signal.record.invokedBy, signal.record.caller],
      [undefined, undefined, 'somebody whom the record does not name'],
    );
  });

  it('from a change of a CloudWatch alarm, whose date AWS writes in a form of its own', () => {
    assert.deepEqual(signalOf(recorded('alarm-rings')), {
      kind: 'alarm',
      at: Date.UTC(2026, 9, 20, 7, 50, 41),
      alarm: {
        arn: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:kms-control-plane-errors',
        name: 'kms-control-plane-errors',
        region: 'eu-central-1',
        state: 'ALARM',
        since: Date.UTC(2026, 9, 20, 7, 50, 40, 989),
      },
    });
  });

  it('from a drill that is due', () => {
    assert.deepEqual(signalOf(recorded('drill-due')), {
      kind: 'drill-due',
      at: Date.UTC(2026, 9, 22, 9, 0, 21),
      drill: { fleet: 'payments', scheduledAt: Date.UTC(2026, 9, 22, 9) },
    });
  });

  it('from the tick', () => assert.deepEqual(signalOf(recorded('tick')), { kind: 'tick', at: Date.UTC(2026, 9, 20, 12, 1) }));

  it('from both records that a promotion leaves in CloudTrail, with the key’s ID also where an ARN was written', () => {
    const promotion = {
      keyId: 'mrk-1234abcd12ab34cd56ef1234567890ab',
      account: '111122223333',
      target: 'eu-west-1',
      requestId: '4b2b2d4c-8a0f-4f4f-9c65-1c1f0f6e2a11',
      errorCode: undefined,
      calledAt: Date.UTC(2026, 9, 20, 8, 0, 58),
    };

    assert.deepEqual(signalOf(recorded('promotion-by-caller')), {
      kind: 'promotion',
      at: Date.UTC(2026, 9, 20, 8, 1, 12),
      record: {
        ...promotion,
        recordedIn: 'eu-central-1',
        caller: 'arn:aws:sts::111122223333:assumed-role/key-admins/maria',
        invokedBy: undefined,
      },
    });
    assert.deepEqual(signalOf(recorded('promotion-by-kms')), {
      kind: 'promotion',
      at: Date.UTC(2026, 9, 20, 8, 1, 30),
      record: { ...promotion, recordedIn: 'eu-west-1', caller: 'kms.amazonaws.com', invokedBy: 'kms.amazonaws.com' },
    });
  });

  it('from a promotion that KMS refused, with its error', () => {
    const raw = recorded('promotion-by-caller');
    raw.detail.errorCode = 'AccessDenied';

    const signal = signalOf(raw);

    assert.equal(signal.kind === 'promotion' && signal.record.errorCode, 'AccessDenied');
  });

  it('from an execution that ended', () => {
    const arn = 'arn:aws:states:us-west-2:999988887777';
    assert.deepEqual(signalOf(recorded('execution-aborted')), {
      kind: 'execution',
      at: Date.UTC(2026, 9, 20, 8, 7, 10),
      change: {
        runId: 'payments-0123456789abcdef-1',
        executionArn: `${arn}:execution:mrk-failover:payments-0123456789abcdef-1`,
        status: 'ABORTED',
      },
    });
  });

  it('from an event of AWS Health', () => {
    const signal = signalOf(rawHealthEvent('kms-issue-opens'));

    assert.equal(signal.kind, 'health');
    assert.equal(signal.at, Date.UTC(2026, 9, 20, 7, 52, 30));
  });

  for (const name of ['alarm-rings', 'execution-aborted'] as const) {
    it(`without what nobody uses of it: ${name}`, () => {
      const { account: _, ...raw } = recorded(name);

      assert.deepEqual(signalOf({ ...raw, detail: { ...raw.detail, stateMachineArn: undefined } }), signalOf(recorded(name)));
    });
  }

  for (const name of NAMES) {
    it(`with fields that nobody knows, and without the time of sending: ${name}`, () => {
      const { time: _, ...raw } = recorded(name);

      assert.equal(signalOf({ ...raw, replayName: 'x', detail: { ...raw.detail, somethingNew: { deep: [1] } } }).at, undefined);
    });
  }
});

describe('What is no signal', () => {
  it('is an event of a kind that nobody waits for', () => {
    assert.deepEqual(parseSignal(recorded('instance-stopped')), {
      kind: 'foreign',
      at: Date.UTC(2026, 9, 20, 7, 49),
      what: 'an event "EC2 Instance State-change Notification" of aws.ec2',
    });
  });

  it('is our own kind of event from somebody else', () => {
    assert.equal(parseSignal({ ...recorded('drill-due'), source: 'somebody' }).kind, 'foreign');
    assert.equal(parseSignal({ ...recorded('tick'), source: 'somebody' }).kind, 'foreign');
  });

  it('is CloudTrail’s record of another call, or of one that KMS refused as nonsense', () => {
    const other = recorded('promotion-by-caller');
    other.detail.eventName = 'ReplicateKey';
    const nonsense = recorded('promotion-by-caller');
    Object.assign(nonsense.detail, { errorCode: 'ValidationException', requestParameters: { keyId: '', primaryRegion: 'the moon' } });

    assert.equal(parseSignal(other).kind, 'foreign');
    assert.equal(parseSignal(nonsense).kind, 'foreign');
  });
});

describe('A malformed signal is answered with a sentence for each field', () => {
  const cases: readonly { readonly name: string; readonly change: (raw: Raw) => unknown; readonly sentences: readonly string[] }[] = [
    {
      name: 'tick',
      change: () => 'tick',
      sentences: ['the event: expected object; got "tick".'],
    },
    {
      name: 'tick',
      change: () => ({ source: 7 }),
      sentences: ['source: expected a text; got the number 7.', 'detail-type: expected a text; got nothing.'],
    },
    {
      name: 'alarm-rings',
      change: (raw) => ({ ...raw, time: 'noon' }),
      sentences: ['time: expected a date such as 2026-10-20T07:41:00Z; got "noon".'],
    },
    {
      name: 'alarm-rings',
      change: (raw) => ({ ...raw, resources: ['arn:aws:sns:eu-central-1:111122223333:topic'] }),
      sentences: ['resources.0: expected the ARN of a CloudWatch alarm; got "arn:aws:sns:eu-central-1:111122223333:topic".'],
    },
    {
      name: 'alarm-rings',
      change: (raw) => ({ ...raw, detail: { ...raw.detail, state: { value: 'ALARM', timestamp: 'yesterday' } } }),
      sentences: ['detail.state.timestamp: expected a date such as 2026-10-20T07:41:00Z; got "yesterday".'],
    },
    {
      name: 'drill-due',
      change: (raw) => ({ ...raw, detail: { fleet: '' } }),
      sentences: [
        'detail.fleet: expected a text of 1 to 2,048 characters; got "".',
        'detail.scheduledTime: expected a date such as 2026-10-20T07:41:00Z; got nothing.',
      ],
    },
    {
      name: 'promotion-by-caller',
      change: (raw) => ({ ...raw, detail: { ...raw.detail, requestParameters: null } }),
      sentences: ['detail.requestParameters: expected the call’s parameters keyId and primaryRegion; got null.'],
    },
    {
      name: 'execution-aborted',
      change: (raw) => ({ ...raw, detail: { ...raw.detail, name: undefined } }),
      sentences: ['detail.name: expected a text of 1 to 2,048 characters; got nothing.'],
    },
  ];
  for (const { name, change, sentences } of cases) {
    it(sentences.join(' '), () => {
      assert.deepEqual(parseSignal(change(recorded(name))), { kind: 'malformed', problems: sentences });
    });
  }

  it('and never with an exception, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...NAMES), (value, name) => {
        parseSignal(value);
        parseSignal({ ...recorded(name), detail: value });
      }),
    );
  });
});
