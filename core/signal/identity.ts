import { createHash } from 'node:crypto';
import { incidentOf as healthIncident, dedupeKey as healthKey } from '../health/identity.ts';
import type { Operation } from '../run/operation.ts';
import { instant } from '../words/time.ts';
import type { Signal } from './signal.ts';

const digest = (parts: readonly (string | number)[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * Equal for all deliveries of one and the same signal: retries, copies in a backup Region, both control Regions.
 * Undefined for the tick: each of them is one to look.
 */
export const dedupeKeyOf = (signal: Signal): string | undefined => {
  switch (signal.kind) {
    case 'health':
      return healthKey(signal.event);
    case 'alarm':
      return digest([signal.alarm.arn, signal.alarm.state, signal.alarm.since]);
    case 'drill-due':
      return digest([signal.drill.fleet, signal.drill.scheduledAt]);
    case 'promotion':
      return digest([signal.record.account, signal.record.recordedIn, signal.record.requestId]);
    case 'execution':
      return digest([signal.change.executionArn, signal.change.status]);
    case 'tick':
      return undefined;
  }
};

/**
 * Names the incident or request that a run of this signal would be for; undefined where a signal starts no run. Equal for every update,
 * page and copy of a Health event; each change of an alarm into ALARM is an incident of its own, and each due drill.
 */
export const incidentOfSignal = (signal: Signal): string | undefined => {
  switch (signal.kind) {
    case 'health':
      return healthIncident(signal.event);
    case 'alarm':
      return `alarm-${digest([signal.alarm.arn, signal.alarm.since]).slice(0, 20)}`;
    case 'drill-due':
      return `drill-${instant(signal.drill.scheduledAt)}`;
    default:
      return undefined;
  }
};

/** The operation that a signal may ask for; undefined where it asks for none, or for none by itself. */
export const operationOf = (signal: Signal): Operation | undefined => {
  if (signal.kind === 'health' || signal.kind === 'alarm') return 'failover';
  return signal.kind === 'drill-due' ? 'drill' : undefined;
};

/** A signal in words, for records and messages. */
export const signalInWords = (signal: Signal): string => {
  switch (signal.kind) {
    case 'health':
      return `AWS Health: ${signal.event.eventTypeCode} ${signal.event.statusCode} in ${signal.event.eventRegion}`;
    case 'alarm':
      return `CloudWatch alarm ${signal.alarm.name} in ${signal.alarm.region}: ${signal.alarm.state}`;
    case 'drill-due':
      return `drill of fleet ${signal.drill.fleet} due at ${instant(signal.drill.scheduledAt)}`;
    case 'promotion':
      return `CloudTrail: ${signal.record.keyId} was promoted to ${signal.record.target}, recorded in ${signal.record.recordedIn}`;
    case 'execution':
      return `Step Functions: run ${signal.change.runId} is ${signal.change.status}`;
    case 'tick':
      return 'reconcile tick';
  }
};
