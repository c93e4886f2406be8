import type { Case } from '../case.ts';

const NOT_AT_ONCE = 'CloudTrail delivers its records minutes later';

const record = (region: string, more: Readonly<Record<string, unknown>>) => ({
  eventSource: 'kms.amazonaws.com',
  eventName: 'UpdatePrimaryRegion',
  awsRegion: region,
  readOnly: false,
  responseElements: null,
  managementEvent: true,
  ...more,
});

/** What CloudTrail tells of a promotion. */
export const TRAIL_CASES: readonly Case[] = [
  {
    title: 'a promotion leaves a record in the old primary’s Region, in the caller’s words, and one in the new primary’s, made by KMS',
    topic: 'trail',
    mark: 'C*',
    key: 'symmetric',
    step: { at: 'primary', operation: 'UpdatePrimaryRegion', request: { KeyId: '{keyId}', PrimaryRegion: '{replicaRegion}' } },
    trail: [
      record('{primaryRegion}', {
        requestParameters: { keyId: '{keyId}', primaryRegion: '{replicaRegion}' },
        resources: [{ ARN: '{primary}' }],
      }),
      record('{replicaRegion}', {
        requestParameters: { keyId: '{replica}', primaryRegion: '{replicaRegion}' },
        userIdentity: { invokedBy: 'kms.amazonaws.com' },
        resources: [{ ARN: '{replica}' }],
      }),
    ],
    notOnAws: NOT_AT_ONCE,
  },
  {
    title: 'a replication leaves a ReplicateKey record in the primary’s Region, and a CreateKey record in the replica’s',
    topic: 'trail',
    mark: 'C*',
    key: 'lonely',
    step: { at: 'primary', operation: 'ReplicateKey', request: { KeyId: '{keyId}', ReplicaRegion: '{replicaRegion}' } },
    trail: [
      { eventName: 'ReplicateKey', awsRegion: '{primaryRegion}', readOnly: false, resources: [{ ARN: '{primary}' }] },
      { eventName: 'CreateKey', awsRegion: '{replicaRegion}', readOnly: false, resources: [{ ARN: '{replica}' }] },
    ],
    notOnAws: NOT_AT_ONCE,
  },
];
