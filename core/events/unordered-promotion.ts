import { z } from 'zod';
import { eventId, regionCode, time, words } from './fields.ts';

/** CloudTrail shows a promotion that no run of ours sent. */
export const unorderedPromotion = z
  .strictObject({
    eventId,
    fleet: words('the fleet that the key belongs to').optional(),
    account: words('the account of the key'),
    keyId: words('the ID of the key'),
    from: regionCode('the Region that the call was sent to'),
    to: regionCode('the Region that the primary was moved to'),
    requestId: words("KMS's ID of the call"),
    principal: words('who sent it'),
    calledAt: time('when it was sent'),
    meaning: words('what this means, as a sentence'),
  })
  .describe('A primary was moved, and no run of mrk-failover did it.');
