import { keyArn } from '../keys/arn.ts';
import { readMoment } from '../keys/read-moment.ts';
import { operation } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export const listKeys = operation({
  name: 'ListKeys',
  run: ({ Limit = 100, Marker }, call) => {
    const { account, region, keys } = call.shelf;
    const page = pageOf(keys.names(), Limit, Marker);
    const moment = readMoment(call);
    const visible = page.names.filter((keyId) => keys.get(keyId)?.viewAt(moment) !== undefined);
    return { Keys: visible.map((KeyId) => ({ KeyId, KeyArn: keyArn(account, region, KeyId) })), ...pagingAnswer(page) };
  },
});
