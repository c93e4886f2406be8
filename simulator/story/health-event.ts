/** The AWS Health event that opens the story: KMS in `region` is in trouble. */
export const healthEvent = (region: string, account: string, at: number): Readonly<Record<string, unknown>> => {
  const when = new Date(at).toUTCString();
  const code = 'AWS_KMS_OPERATIONAL_ISSUE';
  return {
    version: '0',
    id: '6a1d7c1e-0000-4000-8000-000000000001',
    'detail-type': 'AWS Health Event',
    source: 'aws.health',
    account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [],
    detail: {
      eventArn: `arn:aws:health:${region}::event/KMS/${code}/${code}_simulated-story`,
      service: 'KMS',
      eventTypeCode: code,
      eventTypeCategory: 'issue',
      eventScopeCode: 'PUBLIC',
      communicationId: 'simulated-story-communication-1',
      startTime: new Date(at - 11 * 60_000).toUTCString(),
      lastUpdatedTime: when,
      statusCode: 'open',
      eventRegion: region,
      eventDescription: [
        { language: 'en_US', latestDescription: `Elevated error rates for KMS requests in ${region} are being investigated.` },
      ],
      affectedEntities: [],
      page: '1',
      totalPages: '1',
      backupEvent: 'false',
      affectedAccount: account,
    },
  };
};
