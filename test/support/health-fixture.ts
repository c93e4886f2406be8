import { readFileSync } from 'node:fs';
import { type HealthEvent, parseHealthEvent } from '../../core/health/parse.ts';

type HealthFixture =
  | 'kms-issue-opens'
  | 'kms-issue-opens-backup-copy'
  | 'kms-issue-closes'
  | 'ec2-issue-second-page'
  | 'ec2-resolved-yet-open';

export const healthFixtures: readonly HealthFixture[] = [
  'kms-issue-opens',
  'kms-issue-opens-backup-copy',
  'kms-issue-closes',
  'ec2-issue-second-page',
  'ec2-resolved-yet-open',
];

/** An event as EventBridge would deliver it. */
interface RawHealthEvent extends Record<string, unknown> {
  readonly detail: Record<string, unknown>;
}

/** A fresh copy of a recorded event, which a test may change. */
export const rawHealthEvent = (name: HealthFixture): RawHealthEvent =>
  JSON.parse(readFileSync(new URL(`../fixtures/health/${name}.json`, import.meta.url), 'utf8'));

/** A recorded event in our words, with some of its fields replaced. */
export const healthEvent = (name: HealthFixture, changes: Partial<HealthEvent> = {}): HealthEvent => {
  const reading = parseHealthEvent(rawHealthEvent(name));
  if (reading.kind === 'malformed') throw new Error(`Expected fixture ${name} to be readable; got ${reading.problems.join('; ')}`);
  return { ...reading.event, ...changes };
};
