import { ListServiceQuotasCommand, ServiceQuotasClient, type ServiceQuotasClientConfig } from '@aws-sdk/client-service-quotas';
import type { Clock } from '../../core/ports/clock.ts';
import type { Quotas } from '../../core/ports/quotas.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Place } from '../kms/clients.ts';
import { ReadRetry } from '../kms/read-retry.ts';

/** https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html (MaxResults) */
const QUOTAS_PER_PAGE = 100;
/** KMS has fewer than two hundred quotas. */
const PAGES_MAX = 5;
const QUOTAS_CALL_MS_MAX = 4_000;
/** The quota's code is in no document of KMS, so it is found by its name. */
const PROMOTIONS = /\bUpdatePrimaryRegion\b/i;

interface QuotasOptions {
  /** What differs between AWS and the simulator: how a request travels, in which time limit, and who signs it. */
  readonly connection: (
    place: Place,
    requestTimeoutMs: number,
  ) => Pick<ServiceQuotasClientConfig, 'requestHandler' | 'credentials' | 'signer'>;
  readonly clock: Clock;
  readonly random: Random;
}

/** The quotas that an account has in a Region, by Service Quotas there. */
export const createQuotas = ({ connection, clock, random }: QuotasOptions): Quotas => ({
  promotionsPerSecond: async (account, region) => {
    const client = new ServiceQuotasClient({
      region,
      retryStrategy: new ReadRetry(clock, random),
      ...connection({ account, region }, QUOTAS_CALL_MS_MAX),
    });
    try {
      let NextToken: string | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const listed = await client.send(new ListServiceQuotasCommand({ ServiceCode: 'kms', MaxResults: QUOTAS_PER_PAGE, NextToken }));
        const found = listed.Quotas?.find(({ QuotaName = '' }) => PROMOTIONS.test(QuotaName))?.Value;
        if (found !== undefined) return found;
        NextToken = listed.NextToken;
        if (NextToken === undefined) return undefined;
      }
      return undefined;
    } catch {
      // Not allowed, not there, not answering: then nobody knows, and the fleet file is believed.
      return undefined;
    } finally {
      client.destroy();
    }
  },
});
