import { keyMetadata } from '../keys/key-metadata.ts';
import { readMoment } from '../keys/read-moment.ts';
import { noSuchKey } from '../refusal.ts';
import { requireGrantTokens } from './crypto-request.ts';
import { keyOperation } from './operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = keyOperation({
  name: 'DescribeKey',
  aliases: 'aliases',
  run: ({ GrantTokens }, key, call) => {
    requireGrantTokens(GrantTokens);
    const view = key.viewAt(readMoment(call));
    if (view === undefined) throw noSuchKey(key.arn);
    const showsRolesOfBefore = view.relationsBefore !== undefined && call.world.unkindness.showsTwoReplicas();
    return { KeyMetadata: keyMetadata(key, view, showsRolesOfBefore ? view.relationsBefore : view) };
  },
});
