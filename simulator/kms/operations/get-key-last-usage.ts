import { wireDate } from '../keys/key-metadata.ts';
import { keyOperation } from './operation.ts';

/** Nothing is forgotten here, so that tracking began with the key. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html */
export const getKeyLastUsage = keyOperation({
  name: 'GetKeyLastUsage',
  run: (_, { arn, createdAtMs, lastUse }) => ({
    KeyId: arn,
    KeyCreationDate: wireDate(createdAtMs),
    TrackingStartDate: wireDate(createdAtMs),
    ...(lastUse !== undefined && {
      KeyLastUsage: { Operation: lastUse.operation, Timestamp: wireDate(lastUse.atMs), KmsRequestId: lastUse.requestId },
    }),
  }),
});
