import type { AccountId, Region } from '../region.ts';

/** Service Quotas, asked in quiet times only. */
export interface Quotas {
  /** UpdatePrimaryRegion calls a second that an account has in a Region; undefined when that could not be learned. Never throws. */
  promotionsPerSecond(account: AccountId, region: Region): Promise<number | undefined>;
}
