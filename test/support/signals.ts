import { readFileSync } from 'node:fs';
import { MINUTE_MS, MORNING } from './deciders.ts';
import { rawHealthEvent } from './health-fixture.ts';
import { keyRef, SOURCE, TARGET } from './keys.ts';

interface RawSignal extends Record<string, unknown> {
  readonly detail: Record<string, unknown>;
}

const recorded = (name: string): RawSignal =>
  JSON.parse(readFileSync(new URL(`../fixtures/signals/${name}.json`, import.meta.url), 'utf8'));

/** A communication of AWS Health about the source, updated so many minutes after the morning; more of its fields in `changes`. */
export const healthSignal = (number = 1, minutes = 0, changes: Readonly<Record<string, unknown>> = {}): RawSignal => {
  const event = rawHealthEvent('kms-issue-opens');
  const lastUpdatedTime = new Date(MORNING + minutes * MINUTE_MS).toUTCString();
  return { ...event, detail: { ...event.detail, eventRegion: SOURCE, communicationId: `c-${number}`, lastUpdatedTime, ...changes } };
};

/** The last word on the same incident. */
export const healthClosing = (number: number, minutes: number): RawSignal =>
  healthSignal(number, minutes, { statusCode: 'closed', endTime: new Date(MORNING + minutes * MINUTE_MS).toUTCString() });

export const ALARM = `arn:aws:cloudwatch:${SOURCE}:111122223333:alarm:kms-errors`;

/** An alarm that lives in the source changes its state so many minutes after the morning. */
export const alarmSignal = (value: string, minutes = 0, arn = ALARM): RawSignal => {
  const event = recorded('alarm-rings');
  const state = { value, timestamp: new Date(MORNING + minutes * MINUTE_MS).toISOString(), reason: 'a test' };
  return { ...event, region: SOURCE, resources: [arn], detail: { ...event.detail, alarmName: 'kms-errors', state } };
};

export const drillSignal = (minutes = 0, fleet = 'payments'): RawSignal => ({
  ...recorded('drill-due'),
  detail: { fleet, scheduledTime: new Date(MORNING + minutes * MINUTE_MS).toISOString() },
});

export const executionSignal = (runId: string, status: string): RawSignal => {
  const event = recorded('execution-aborted');
  return { ...event, detail: { ...event.detail, name: runId, status } };
};

/** What CloudTrail tells of a promotion of key 1: the caller's record in the source, or KMS's own in the target. */
export const promotionSignal = (
  requestID: string,
  by: 'caller' | 'kms' = 'caller',
  changes: Readonly<Record<string, unknown>> = {},
): RawSignal => {
  const event = recorded(`promotion-by-${by}`);
  const { account, keyId } = keyRef('1');
  const sent = by === 'caller' ? keyId : `arn:aws:kms:${TARGET}:${account}:key/${keyId}`;
  return {
    ...event,
    detail: {
      ...event.detail,
      requestID,
      eventTime: new Date(MORNING).toISOString(),
      awsRegion: by === 'caller' ? SOURCE : TARGET,
      recipientAccountId: account,
      requestParameters: { keyId: sent, primaryRegion: TARGET },
      ...changes,
    },
  };
};
