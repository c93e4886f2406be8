import { z } from 'zod';
import { accountIdSchema, regionSchema } from '../../../core/region.ts';
import { OPERATION_CLASSES } from '../../faults/operation-class.ts';
import { KEY_SPECS, type KeySpec, type KeyUsage } from '../../kms/keys/key-specs.ts';

const FAULTS_MAX = 20;
const KEYS_MAX = 1_000;
const SECONDS_MAX = 30 * 86_400;

const usages = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'] as const satisfies readonly KeyUsage[];

/** What `PUT /_simulator/faults` takes: all faults that shall be on from now. */
export const faultsBody = z.strictObject({
  faults: z
    .array(
      z.strictObject({
        name: z.string('expected the name of a fault'),
        rate: z
          .number('expected a share such as 0.05')
          .gt(0, 'expected a share of more than 0')
          .max(1, 'expected a share of at most 1')
          .optional(),
        class: z.enum(OPERATION_CLASSES, `expected one of ${OPERATION_CLASSES.join(', ')}`).optional(),
        region: regionSchema.optional(),
        account: accountIdSchema.optional(),
        fromSeconds: z.number('expected a number of seconds').min(0, 'expected 0 or more seconds').max(SECONDS_MAX).optional(),
        forSeconds: z.number('expected a number of seconds').gt(0, 'expected more than 0 seconds').max(SECONDS_MAX).optional(),
      }),
      'expected a list of faults',
    )
    .max(FAULTS_MAX, `expected at most ${FAULTS_MAX} faults`),
});

/** What `POST /_simulator/keys` takes: keys that are there at once, settled, past every quota. */
export const keysBody = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        account: accountIdSchema.optional(),
        keySpec: z.enum(Object.keys(KEY_SPECS) as KeySpec[]).default('SYMMETRIC_DEFAULT'),
        keyUsage: z.enum(usages).default('ENCRYPT_DECRYPT'),
        primary: regionSchema,
        replicas: z.array(regionSchema).default([]),
        aliases: z.array(z.string().regex(/^alias\/[\w/-]+$/, 'expected a name such as alias/orders')).optional(),
        tags: z.record(z.string(), z.string()).optional(),
      }),
      'expected a list of keys',
    )
    .min(1, 'expected at least one key')
    .max(KEYS_MAX, `expected at most ${KEYS_MAX} keys at once`),
});
