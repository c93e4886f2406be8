import { z } from 'zod';
import { accountIdSchema, regionSchema } from '../../core/region.ts';

// Every description is a noun phrase: a problem sentence puts it after "expected".

const region = regionSchema.describe('a Region code such as us-west-2');
const account = accountIdSchema.describe('an account number of twelve digits, in quotes');

/** The periods that CloudWatch Logs offers, up to two years: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const controlSchema = z
  .strictObject({
    regions: z.array(region).min(1).max(2).describe('a list of the one or two Regions that the orchestrator runs in'),
    witness: region
      .optional()
      .describe('a Region code such as us-east-2: the third Region of the table, which keeps no data and runs nothing'),
  })
  .describe('the control Regions, with regions and witness');

/** AWS Health sends the second copy of its events to the first, and those of the first to the second. */
const CONTROL_BY_DEFAULT = { regions: ['us-west-2', 'us-east-1'], witness: 'us-east-2' };

const notifySchema = z
  .strictObject({
    emails: z
      .array(z.email().max(254).describe('an e-mail address'))
      .max(20)
      .default([])
      .describe('a list of the e-mail addresses that are told, at most 20'),
    topics: z
      .array(
        z
          .string()
          .regex(/^arn:aws:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/)
          .describe('the ARN of an SNS topic, arn:aws:sns:<region>:<account>:<name>'),
      )
      .max(20)
      .default([])
      .describe('a list of SNS topics of the same account in the control Regions, for a pager or a chat, at most 20'),
  })
  .describe('who is told, with emails and topics');

const evidenceSchema = z
  .strictObject({
    retentionDays: z
      .int()
      .min(1)
      .max(3_650)
      .default(400)
      .describe('a whole number of days, 1 to 3650, for which evidence may not be deleted'),
    lock: z
      .enum(['governance', 'compliance'])
      .default('governance')
      .describe('governance, which a person with the right to do so can lift, or compliance, which nobody can'),
    copies: z
      .boolean()
      .default(false)
      .describe(
        'true or false: whether each of two control Regions keeps a copy of the other’s evidence; true only when both are deployed',
      ),
  })
  .describe('how evidence is kept, with retentionDays, lock and copies');

const alarmsSchema = z
  .strictObject({
    keysBlockedMinutes: z
      .int()
      .min(5)
      .max(1_440)
      .default(60)
      .describe('a whole number of minutes, 5 to 1440, after which blocked keys raise an alarm'),
    automationDisabledHours: z
      .int()
      .min(1)
      .max(168)
      .default(8)
      .describe('a whole number of hours, 1 to 168, after which a stop switch that is still on raises an alarm'),
  })
  .describe('when alarms go off, with keysBlockedMinutes and automationDisabledHours');

/** Where an installation runs, and for whom. What moves, and where to, stands in the fleet file. */
export const deploymentSchema = z
  .strictObject({
    account: account.describe('the account that the orchestrator runs in, twelve digits in quotes'),
    control: controlSchema.prefault(CONTROL_BY_DEFAULT),
    acceptSharedFate: z
      .boolean()
      .default(false)
      .describe('true or false: whether a control Region may be a fleet’s home or first standby, and go down with what it should rescue'),
    watchedRegions: z
      .array(region)
      .min(1)
      .max(40)
      .optional()
      .describe('a list of the Regions whose AWS Health events and promotions are watched; those of the fleets when left out'),
    memberAccounts: z
      .array(account)
      .min(1)
      .max(5_000)
      .optional()
      .describe('a list of the accounts that own keys; those of the fleets when left out'),
    organizationId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/)
      .optional()
      .describe('the ID of your AWS organization, o- and 10 to 32 letters and digits'),
    externalId: z
      .string()
      .regex(/^[\w+=,.@:/-]{8,256}$/)
      .describe('a word of 8 to 256 letters, digits and + = , . @ : / - _ that the member accounts expect from the orchestrator'),
    notify: notifySchema.prefault({}),
    evidence: evidenceSchema.prefault({}),
    logRetentionDays: z
      .literal(LOG_RETENTION_DAYS)
      .default(90)
      .describe(`a number of days for which logs are kept, one of ${LOG_RETENTION_DAYS.join(', ')}`),
    alarms: alarmsSchema.prefault({}),
    encryptionKeys: z
      .record(
        z.string(),
        z
          .string()
          .regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]{36}$/)
          .describe('the ARN of a KMS key, arn:aws:kms:<region>:<account>:key/<id>'),
      )
      .optional()
      .describe('the keys of yours that encrypt buckets, logs and messages, by control Region; keys of its own when left out'),
  })
  .describe('the deployment, with account, externalId and what differs from the defaults');

export type Deployment = z.output<typeof deploymentSchema>;

/** The whole of deployment.yaml. */
export const deploymentFileSchema = z.strictObject({ deployment: deploymentSchema }).describe('a mapping with the one field deployment');
