import { z } from 'zod';

/** The pattern that KMS itself demands of PrimaryRegion: https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html */
const REGION_PATTERN = /^([a-z]+-){2,3}\d+$/;
const REGION_EXPECTED = 'expected a Region code such as us-west-2';

/** An AWS Region's code, for example `us-west-2`. */
export const regionSchema = z.string(REGION_EXPECTED).max(32, REGION_EXPECTED).regex(REGION_PATTERN, REGION_EXPECTED).brand('Region');
export type Region = z.infer<typeof regionSchema>;

const ACCOUNT_EXPECTED = 'expected an account number of twelve digits';

/** An AWS account's number, twelve digits. */
export const accountIdSchema = z
  .string(ACCOUNT_EXPECTED)
  .regex(/^\d{12}$/, ACCOUNT_EXPECTED)
  .brand('AccountId');
export type AccountId = z.infer<typeof accountIdSchema>;

/** @throws when `text` is not a Region code; for constants and tests. */
export const region = (text: string): Region => regionSchema.parse(text);
/** @throws when `text` is not an account number; for constants and tests. */
export const accountId = (text: string): AccountId => accountIdSchema.parse(text);
