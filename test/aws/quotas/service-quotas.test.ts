import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createQuotas } from '../../../aws/quotas/service-quotas.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { answering, clientBasics, jsonAnswer, type WireAnswer, type WireRequest } from '../../support/answering.ts';
import { ACCOUNT, SOURCE } from '../../support/keys.ts';

const quotasAnswering = (answer: (request: WireRequest) => WireAnswer) =>
  createQuotas({
    clock: new VirtualClock(0),
    random: new Seeded(1),
    connection: () => ({ requestHandler: answering(answer), credentials: clientBasics.credentials }),
  });

const quota = (QuotaName: string, Value: number) => ({ ServiceCode: 'kms', QuotaName, Value });

describe('The quota of UpdatePrimaryRegion', () => {
  it('is found by its name, on whichever page it is', async () => {
    const asked: unknown[] = [];
    const quotas = quotasAnswering(({ body }) => {
      asked.push(JSON.parse(body));
      if (asked.length === 1) return jsonAnswer(200, { Quotas: [quota('UpdateAlias request rate', 5)], NextToken: 'more' });
      return jsonAnswer(200, { Quotas: [quota('UpdatePrimaryRegion request rate', 25)] });
    });

    assert.equal(await quotas.promotionsPerSecond(ACCOUNT, SOURCE), 25);
    assert.deepEqual(asked, [
      { ServiceCode: 'kms', MaxResults: 100 },
      { ServiceCode: 'kms', MaxResults: 100, NextToken: 'more' },
    ]);
  });

  it('is not known where it is not listed', async () =>
    assert.equal(await quotasAnswering(() => jsonAnswer(200, { Quotas: [] })).promotionsPerSecond(ACCOUNT, SOURCE), undefined));

  it('is not known where nobody may ask', async () => {
    const denied = jsonAnswer(400, { __type: 'AccessDeniedException', message: 'no' });

    assert.equal(await quotasAnswering(() => denied).promotionsPerSecond(ACCOUNT, SOURCE), undefined);
  });
});
