import { arnOfAlarm } from '../../../core/fleet/alarm.ts';
import { alarmEvent, healthEventWith, withFleet } from '../signals.ts';
import type { NamedStory } from './named-story.ts';

const HOUR_MS = 3_600_000;

export const noise: NamedStory = {
  sentence: 'a day of signals that are no reason to move anything, each with its why',
  setting: (story) => ({
    ...story,
    operation: 'failover',
    startedBy: 'operator',
    fleets: withFleet(story.fleets, story.fleetName, {
      posture: 'automatic',
      alarms: ['arn:aws:cloudwatch:us-east-1:111122223333:alarm:payments-errors'],
    }),
  }),
  tell: async (teller) => {
    const { source } = teller.story;
    const account = teller.fleet.accounts[0] ?? '';
    const [alarm = ''] = teller.fleet.alarms.map(arnOfAlarm);
    const health = (name: string, detail: Readonly<Record<string, unknown>>, envelope = {}) => {
      const eventArn = `arn:aws:health:${source}::event/KMS/AWS_KMS_OPERATIONAL_ISSUE/${name}`;
      return healthEventWith(source, account, teller.now, { eventArn, communicationId: name, ...detail }, envelope);
    };
    const yesterday = new Date(teller.now - 20 * HOUR_MS).toUTCString();
    teller.say(`KMS is well everywhere, and fleet ${teller.story.fleetName} has the posture automatic.`);
    await teller.signal(health('another-service', { service: 'EC2', eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE' }));
    await teller.signal(health('maintenance', { eventTypeCategory: 'scheduledChange', eventTypeCode: 'AWS_KMS_MAINTENANCE_SCHEDULED' }));
    await teller.signal(health('closed', { statusCode: 'closed' }));
    await teller.signal(health('stale', { startTime: yesterday, lastUpdatedTime: yesterday }));
    await teller.signal(health('elsewhere', { eventRegion: teller.fleet.standbys.at(-1) ?? '' }));
    await teller.signal(health('foreign', { eventRegion: 'ap-southeast-2' }));
    await teller.signal(health('false-alarm', {}));
    await teller.signal(health('false-alarm', { backupEvent: 'true' }, { region: 'us-west-2' }));
    await teller.signal(alarmEvent(alarm, 'OK', teller.now));
    await teller.signal(alarmEvent(alarm, 'INSUFFICIENT_DATA', teller.now));
    await teller.signal({ source: 'aws.health', 'detail-type': 'AWS Health Event', detail: { statusCode: 'open' } });
    await teller.ticks(3);
    teller.say('Three ticks later the probes still find KMS well: no run was started, and no key was touched.');
  },
};
