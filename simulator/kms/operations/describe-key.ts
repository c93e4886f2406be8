import { z } from 'zod';
import { keyMetadata } from '../keys/key-metadata.ts';
import { noSuchKey } from '../refusal.ts';
import { operation, usableKey } from './operation.ts';
import { keyIdText } from './parameters.ts';
import { readMoment } from './read-moment.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = operation({
  name: 'DescribeKey',
  parameters: z.strictObject({ KeyId: keyIdText }),
  run: ({ KeyId }, call) => {
    const key = usableKey(call, KeyId, 'aliases');
    const view = key.viewAt(readMoment(call));
    if (view === undefined) throw noSuchKey(key.arn);
    const showsRolesOfBefore = view.relationsBefore !== undefined && call.world.unkindness.showsTwoReplicas();
    return { KeyMetadata: keyMetadata(key, view, showsRolesOfBefore ? view.relationsBefore : view) };
  },
});
