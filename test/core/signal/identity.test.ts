import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { dedupeKeyOf, incidentOfSignal, operationOf, signalInWords } from '../../../core/signal/identity.ts';
import { parseSignal } from '../../../core/signal/parse.ts';

const recorded = (path: string, change: (raw: { [field: string]: unknown; detail: Record<string, unknown> }) => void = () => undefined) => {
  const raw = JSON.parse(readFileSync(new URL(`../../fixtures/${path}.json`, import.meta.url), 'utf8'));
  change(raw);
  const reading = parseSignal(raw);
  if (reading.kind !== 'signal') assert.fail(JSON.stringify(reading));
  return reading.signal;
};

const state = (value: string, timestamp: string) => (raw: { detail: Record<string, unknown> }) => {
  raw.detail.state = { value, timestamp };
};

describe('Two deliveries are one signal', () => {
  it('when nothing but the envelope differs', () => {
    for (const path of ['alarm-rings', 'drill-due', 'promotion-by-caller', 'execution-aborted'].map((name) => `signals/${name}`)) {
      const again = recorded(path, (raw) => {
        raw.id = 'another';
        raw.time = '2026-10-23T00:00:00Z';
      });

      assert.equal(dedupeKeyOf(again), dedupeKeyOf(recorded(path)));
    }
  });

  it('when one is the copy of a Health event that the backup Region gets', () => {
    assert.equal(dedupeKeyOf(recorded('health/kms-issue-opens')), dedupeKeyOf(recorded('health/kms-issue-opens-backup-copy')));
  });

  it('but not the two records of one promotion, each change of an alarm, each status of a run, or each drill', () => {
    const keys = [
      recorded('signals/promotion-by-caller'),
      recorded('signals/promotion-by-kms'),
      recorded('signals/alarm-rings'),
      recorded('signals/alarm-rings', state('OK', '2026-10-20T07:50:40.989+0000')),
      recorded('signals/alarm-rings', state('ALARM', '2026-10-20T09:50:40.989+0000')),
      recorded('signals/execution-aborted'),
      recorded('signals/execution-aborted', ({ detail }) => {
        detail.status = 'FAILED';
      }),
      recorded('signals/drill-due'),
      recorded('signals/drill-due', ({ detail }) => {
        detail.scheduledTime = '2026-10-29T09:00:00Z';
      }),
    ].map(dedupeKeyOf);

    assert.equal(new Set(keys).size, keys.length);
  });

  it('and no tick is like another', () => assert.equal(dedupeKeyOf(recorded('signals/tick')), undefined));
});

describe('An incident', () => {
  it('is the same in every communication about it', () => {
    assert.equal(incidentOfSignal(recorded('health/kms-issue-opens')), incidentOfSignal(recorded('health/kms-issue-closes')));
  });

  it('begins anew each time that an alarm rings', () => {
    assert.notEqual(
      incidentOfSignal(recorded('signals/alarm-rings')),
      incidentOfSignal(recorded('signals/alarm-rings', state('ALARM', '2026-10-20T09:50:40.989+0000'))),
    );
  });

  it('is what a due drill is for as well', () => {
    const drill = recorded('signals/drill-due');

    assert.deepEqual([incidentOfSignal(drill), operationOf(drill)], ['drill-2026-10-22T09:00:00Z', 'drill']);
  });

  it('is told by no tick, record or execution', () => {
    for (const name of ['tick', 'promotion-by-kms', 'execution-aborted']) {
      const signal = recorded(`signals/${name}`);

      assert.deepEqual([incidentOfSignal(signal), operationOf(signal)], [undefined, undefined]);
    }
  });
});

describe('A signal in words', () => {
  it('says what came, and where', () => {
    const paths = ['health/kms-issue-closes', 'signals/alarm-rings', 'signals/drill-due', 'signals/tick'];

    assert.deepEqual(
      [...paths, 'signals/promotion-by-kms', 'signals/execution-aborted'].map((path) => signalInWords(recorded(path))),
      [
        'AWS Health: AWS_KMS_OPERATIONAL_ISSUE closed in eu-central-1',
        'CloudWatch alarm kms-control-plane-errors in eu-central-1: ALARM',
        'drill of fleet payments due at 2026-10-22T09:00:00Z',
        'reconcile tick',
        'CloudTrail: mrk-1234abcd12ab34cd56ef1234567890ab was promoted to eu-west-1, recorded in eu-west-1',
        'Step Functions: run payments-0123456789abcdef-1 is ABORTED',
      ],
    );
  });
});
