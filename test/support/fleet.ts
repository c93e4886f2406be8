import { type Fleet, fleetSchema } from '../../core/fleet/schema.ts';

const plainFleet = { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'] };

/** A fleet as the file would give it, with the fields that a test is about. */
export const fleetWith = (fields: Readonly<Record<string, unknown>> = {}): Fleet => fleetSchema.parse({ ...plainFleet, ...fields });

/** A key ID that ends in the digits given. */
export const mrk = (digits: string): string => `mrk-${digits.padStart(32, '0')}`;
