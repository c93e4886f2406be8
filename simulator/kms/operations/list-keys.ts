import { z } from 'zod';
import { keyArn } from '../keys/arn.ts';
import { operation } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';
import { marker, pageLimit } from './parameters.ts';
import { readMoment } from './read-moment.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export const listKeys = operation({
  name: 'ListKeys',
  parameters: z.strictObject({ Limit: pageLimit(1_000), Marker: marker }),
  run: ({ Limit = 100, Marker }, call) => {
    const { account, region, keys } = call.shelf;
    const page = pageOf(keys.names(), Limit, Marker);
    const moment = readMoment(call);
    const visible = page.names.filter((keyId) => keys.get(keyId)?.viewAt(moment) !== undefined);
    return { Keys: visible.map((KeyId) => ({ KeyId, KeyArn: keyArn(account, region, KeyId) })), ...pagingAnswer(page) };
  },
});
