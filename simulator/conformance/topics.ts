/** What a case is about, and where AWS says it. Paths are of the KMS Developer Guide unless they are whole addresses. */
const TOPICS = {
  call: { title: 'UpdatePrimaryRegion: the call', at: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html' },
  outcome: {
    title: 'UpdatePrimaryRegion: its outcomes',
    at: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html',
  },
  state: {
    title: 'which operation is allowed in which key state',
    at: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
  },
  property: {
    title: 'what related keys share, and what each has of its own',
    at: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
  },
  quota: { title: 'quotas, pages and markers', at: 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html' },
  permission: { title: 'permissions', at: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html' },
  shape: { title: 'how answers look', at: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html' },
  trail: { title: 'CloudTrail', at: 'https://docs.aws.amazon.com/kms/latest/developerguide/ct-update-primary-region.html' },
} as const;

export type Topic = keyof typeof TOPICS;
/** In the order in which the table is read. */
export const TOPIC_ORDER = Object.keys(TOPICS) as readonly Topic[];
