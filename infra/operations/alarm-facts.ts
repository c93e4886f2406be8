import type { MetricName } from '../../functions/frame/telling/metrics.ts';

/** An alarm over one of our own figures. */
export interface MetricAlarm {
  /** Also the anchor of the runbook's section. */
  readonly name: string;
  readonly metric: MetricName;
  readonly statistic: 'Sum' | 'Maximum';
  readonly periodMinutes: number;
  readonly periods: number;
  /** The alarm goes off at this value and above; `below` turns that round. */
  readonly threshold: number;
  readonly below?: true;
  /** Silence means trouble for a heartbeat, and nothing for everything else. */
  readonly silence: 'breaching' | 'notBreaching';
  readonly meaning: string;
}

export interface AlarmLimits {
  readonly keysBlockedMinutes: number;
  readonly automationDisabledHours: number;
}

/** The tick lists a fleet anew after an hour: when it did not succeed for a day, it will not by itself. */
const INVENTORY_AGE_HOURS_MAX = 24;

/** The alarms over our own figures; the runbook has a section for each. */
export const metricAlarms = ({ keysBlockedMinutes, automationDisabledHours }: AlarmLimits): readonly MetricAlarm[] => [
  {
    name: 'run-not-green',
    metric: 'RunsNotGreen',
    statistic: 'Sum',
    periodMinutes: 1,
    periods: 1,
    threshold: 1,
    silence: 'notBreaching',
    meaning: 'A run ended, and not every key of its fleet is where it shall be.',
  },
  {
    name: 'keys-blocked',
    metric: 'BlockedAgeSeconds',
    statistic: 'Maximum',
    periodMinutes: 5,
    periods: 1,
    threshold: keysBlockedMinutes * 60,
    silence: 'notBreaching',
    meaning: `Keys have waited for more than ${keysBlockedMinutes} minutes for their Region to answer.`,
  },
  {
    name: 'unordered-promotion',
    metric: 'UnorderedPromotions',
    statistic: 'Sum',
    periodMinutes: 1,
    periods: 1,
    threshold: 1,
    silence: 'notBreaching',
    meaning: 'A primary was moved, and no run of mrk-failover did it.',
  },
  {
    name: 'tick-missing',
    metric: 'TicksDone',
    statistic: 'Sum',
    periodMinutes: 5,
    periods: 1,
    threshold: 1,
    below: true,
    silence: 'breaching',
    meaning: 'For five minutes no tick came to its end: nobody looks after open intents here.',
  },
  {
    name: 'automation-disabled',
    metric: 'AutomationDisabledSeconds',
    statistic: 'Maximum',
    periodMinutes: 5,
    periods: 1,
    threshold: automationDisabledHours * 3_600,
    silence: 'notBreaching',
    meaning: `A stop switch has been on for more than ${automationDisabledHours} hours.`,
  },
  {
    name: 'throttling',
    metric: 'CallsThrottled',
    statistic: 'Sum',
    periodMinutes: 5,
    periods: 1,
    threshold: 20,
    silence: 'notBreaching',
    meaning: 'KMS throttles promotions: something else spends the quota, or the configured rate is above it.',
  },
  {
    name: 'inventory-old',
    metric: 'InventoryAgeSeconds',
    statistic: 'Maximum',
    periodMinutes: 5,
    periods: 1,
    threshold: INVENTORY_AGE_HOURS_MAX * 3_600,
    silence: 'notBreaching',
    meaning: `The stored list of a fleet’s keys is older than ${INVENTORY_AGE_HOURS_MAX} hours, and may lack keys when it is needed.`,
  },
  {
    name: 'keys-not-found',
    metric: 'KeysNamedNotFound',
    statistic: 'Maximum',
    periodMinutes: 5,
    periods: 1,
    threshold: 1,
    silence: 'notBreaching',
    meaning: 'The fleet file names keys that are in none of the fleet’s Regions, and no run moves them.',
  },
];

/** The alarms over what AWS measures; the runbook has a section for each as well. */
export const PLATFORM_ALARMS = {
  'undelivered-messages': 'Something could not be delivered, and waits in a dead-letter queue.',
  'execution-failed': 'An execution timed out, was throttled or aborted; its report may be missing.',
  'function-errors': 'A function failed again and again.',
  'function-throttled': 'Lambda turned invocations away.',
  'evidence-not-copied': 'Evidence could not be copied to the other control Region, and is in this one alone.',
} as const;
export type PlatformAlarm = keyof typeof PLATFORM_ALARMS;

const RUNBOOK = 'docs/guides/runbook.md';

/** What an alarm says: what it means, and where it stands what to do. */
export const alarmDescription = (name: string, meaning: string): string => `${meaning} What to do: ${RUNBOOK}#${name}`;
