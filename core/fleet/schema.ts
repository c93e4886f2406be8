import { z } from 'zod';
import { accountIdSchema, regionSchema } from '../region.ts';
import { aliasPatternSchema } from './alias-pattern.ts';
import { type KeyReference, keyReferenceSchema, referencedKey } from './key-reference.ts';

// Every description is a noun phrase: editors show it as help, and a problem sentence puts it after "expected".

/** GovCloud, China, the isolated Regions and the European sovereign cloud: KMS keys cannot span two partitions. */
const OTHER_PARTITION = /^(?:us-gov|cn|us-iso[a-z]*|eu-iso[a-z]*|eusc)-/;

const fleetRegion = regionSchema
  .refine((code) => !OTHER_PARTITION.test(code), 'a Region of the aws partition (GovCloud, China and isolated Regions are not supported)')
  .describe('a Region code such as us-west-2');

const account = accountIdSchema.describe('an account number of twelve digits, in quotes');

const keyReference = keyReferenceSchema.describe('the ID of a multi-Region key (mrk- and 32 hexadecimal digits) or its ARN');

/** A check that no two items of a list are the same one, by what `identityOf` says each of them is. */
const onceEach =
  <T>(identityOf: (item: T) => string) =>
  (items: readonly T[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, item] of items.entries()) {
      const identity = identityOf(item);
      if (seen.has(identity)) context.addIssue({ code: 'custom', path: [index], message: 'something that is not in the list already' });
      seen.add(identity);
    }
  };

const onceEachWord = onceEach((word: string) => word);
const onceEachKey = onceEach((reference: KeyReference) => referencedKey(reference).keyId);

/** Which keys belong to a fleet: exactly one way of saying it. */
const keysSchema = z
  .union([
    z.strictObject({ all: z.literal(true).describe('true') }),
    z.strictObject({
      aliases: z
        .array(
          aliasPatternSchema.describe(
            'an alias such as alias/payments/main, or a beginning with one * at its end such as alias/payments/*',
          ),
        )
        .min(1)
        .max(100)
        .superRefine(onceEachWord)
        .describe('a list of aliases, 1 to 100'),
    }),
    z.strictObject({
      tags: z
        .record(
          z.string().min(1).max(128).describe('a tag key of 1 to 128 characters'),
          z.string().max(256).describe('a tag value in quotes, at most 256 characters'),
        )
        .refine((tags) => Object.keys(tags).length >= 1 && Object.keys(tags).length <= 50, 'at least one tag, and at most 50')
        .describe('tags and their values, all of which a key must carry'),
    }),
    z.strictObject({
      ids: z.array(keyReference).min(1).max(10_000).superRefine(onceEachKey).describe('a list of key IDs or key ARNs, 1 to 10000'),
    }),
  ])
  .describe('exactly one of all, aliases, tags, ids');

const exceptionSchema = z
  .strictObject({
    key: keyReference,
    reason: z.string().min(1).max(500).describe('why this key stays where it is, at most 500 characters'),
    owner: z.string().min(1).max(200).describe('the person or team who answers for it, at most 200 characters'),
    expires: z.iso.date().describe('the last day on which it holds, such as 2026-12-31 (it ends with that day, in UTC)'),
  })
  .describe('an exception with key, reason, owner and expires');
export type FleetException = z.output<typeof exceptionSchema>;

const alarmArn = z
  .string()
  .max(400)
  .regex(/^arn:aws:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.+$/)
  .describe('the ARN of a CloudWatch alarm, arn:aws:cloudwatch:<region>:<account>:alarm:<name>');

const watchedAlarmSchema = z
  .union([
    alarmArn,
    z.strictObject({
      arn: alarmArn,
      watches: fleetRegion.describe('the Region of the fleet whose trouble the alarm tells, wherever it lives itself'),
    }),
  ])
  .describe(
    'the ARN of a CloudWatch alarm, arn:aws:cloudwatch:<region>:<account>:alarm:<name>, or a mapping with that as arn, and with watches: the Region of the fleet that it watches',
  );
export type FleetAlarm = z.output<typeof watchedAlarmSchema>;

const failbackSchema = z
  .strictObject({
    automatic: z.boolean().default(false).describe('true when the fleet may go home without a person, else false'),
    stableMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .default(60)
      .describe('a whole number of minutes for which the home has to answer without trouble before a failback, 1 to 10080'),
  })
  .prefault({})
  .describe('the way home, with automatic and stableMinutes');

const drillSchema = z
  .strictObject({
    // The forms and the length that EventBridge Scheduler takes: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
    schedule: z
      .string()
      .max(256)
      .regex(/^(?:cron|rate)\(.+\)$/)
      .optional()
      .describe('the time of the drills, such as rate(7 days) or cron(0 9 ? * TUE *), at most 256 characters'),
    holdSeconds: z
      .int()
      .min(60)
      .max(3_600)
      .default(60)
      .describe('a whole number of seconds for which the keys stay in the target, 60 to 3600'),
    stopOnAlarms: z
      .array(alarmArn)
      .max(50)
      .superRefine(onceEachWord)
      .default([])
      .describe('a list of the CloudWatch alarms that end a drill, at most 50'),
    target: fleetRegion.optional().describe('the Region of the fleet that drills go to, the first standby when left out'),
  })
  .prefault({})
  .describe('the drills of the fleet, with schedule, holdSeconds, stopOnAlarms and target');

const probeSchema = z
  .strictObject({
    canaryKey: keyReference
      .optional()
      .describe('the ID or ARN of a key of the fleet that is asked to promote itself to where it is; an ID is one of the first account'),
  })
  .prefault({})
  .describe('the rights of the probes beyond reading, with canaryKey');

const regionsOfFleet = z.object({ home: z.string(), standbys: z.array(z.string()) });

/** Every place in a fleet that names one key. */
const referencesOf = (fleet: {
  keys: z.output<typeof keysSchema>;
  exceptions: readonly FleetException[];
  probe: z.output<typeof probeSchema>;
}) => [
  ...(fleet.probe.canaryKey === undefined ? [] : [{ path: ['probe', 'canaryKey'], reference: fleet.probe.canaryKey }]),
  ...('ids' in fleet.keys ? fleet.keys.ids.map((reference, index) => ({ path: ['keys', 'ids', index], reference })) : []),
  ...fleet.exceptions.map(({ key }, index) => ({ path: ['exceptions', index, 'key'], reference: key })),
];

/** A set of keys that move together. */
export const fleetSchema = z
  .strictObject({
    accounts: z
      .array(account)
      .min(1)
      .max(1_000)
      .superRefine(onceEachWord)
      .describe('a list of the accounts that own the keys, at least one, each twelve digits in quotes'),
    keys: keysSchema,
    home: fleetRegion.describe('the Region that holds the primaries in quiet times, such as us-east-1'),
    standbys: z
      .array(fleetRegion)
      .min(1)
      .max(10)
      .superRefine(onceEachWord)
      .describe('a list of 1 to 10 Regions that may take the primaries over, the preferred one first'),
    posture: z
      .enum(['observe', 'approve', 'automatic'])
      .default('approve')
      .describe('what may happen without a person: observe only says what it would do, approve asks first, automatic acts'),
    services: z
      .array(
        z
          .string()
          .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
          .describe('a service code of AWS Health in capitals, such as KMS'),
      )
      .min(1)
      .max(50)
      .superRefine(onceEachWord)
      .default(['KMS', 'MULTIPLE_SERVICES'])
      .describe('a list of the AWS Health service codes whose incidents concern this fleet, 1 to 50'),
    alarms: z
      .array(watchedAlarmSchema)
      .max(50)
      .superRefine(onceEach((alarm: FleetAlarm) => (typeof alarm === 'string' ? alarm : alarm.arn)))
      .default([])
      .describe('a list of the CloudWatch alarms that count as signals for this fleet, at most 50'),
    proof: z
      .enum(['standard', 'signatures', 'none'])
      .default('standard')
      .describe('how a moved key is proven: standard leaves no real signature behind, signatures makes real ones too, none proves nothing'),
    onRecovery: z
      .enum(['complete', 'ask', 'leave'])
      .default('complete')
      .describe('what becomes of keys still parked when the incident is over: complete the move, ask, or leave them'),
    patienceSeconds: z
      .int()
      .min(0)
      .max(600)
      .default(120)
      .describe('a whole number of seconds for which a run waits for a Region that does not answer before it parks the keys, 0 to 600'),
    cooldownMinutes: z
      .int()
      .min(0)
      .max(10_080)
      .default(60)
      .describe('a whole number of minutes after a move in which no signal starts another run by itself, 0 to 10080'),
    failback: failbackSchema,
    drill: drillSchema,
    probe: probeSchema,
    priority: z
      .int()
      .min(0)
      .max(100)
      .default(50)
      .describe('which fleet goes first where two draw on one account, 0 to 100, the higher before the lower'),
    ratePerSecond: z
      .number()
      .positive()
      .max(100)
      .default(4)
      .describe(
        'how many keys of one account may move in a second, more than 0 and at most 100 (the quota of an account is 5 until you raise it)',
      ),
    exceptions: z
      .array(exceptionSchema)
      .max(1_000)
      .superRefine(onceEach((exception: FleetException) => referencedKey(exception.key).keyId))
      .default([])
      .describe('a list of keys that stay where they are for a while, at most 1000'),
  })
  .refine((fleet) => !fleet.standbys.includes(fleet.home), {
    path: ['home'],
    error: 'a Region that is not among the standbys as well',
    // Zod leaves a check out once anything else is wrong with the object; this one needs no more than the two fields.
    when: ({ value }) => regionsOfFleet.safeParse(value).success,
  })
  .superRefine((fleet, context) => {
    const regions: readonly string[] = [fleet.home, ...fleet.standbys];
    if (fleet.drill.target !== undefined && !regions.includes(fleet.drill.target))
      context.addIssue({ code: 'custom', path: ['drill', 'target'], message: `one of the fleet's own Regions, ${regions.join(', ')}` });
    for (const [index, alarm] of fleet.alarms.entries()) {
      if (typeof alarm === 'string' || regions.includes(alarm.watches)) continue;
      const path = ['alarms', index, 'watches'];
      context.addIssue({ code: 'custom', path, message: `one of the fleet's own Regions, ${regions.join(', ')}` });
    }
    for (const { path, reference } of referencesOf(fleet)) {
      const named = referencedKey(reference).account;
      if (named === undefined || fleet.accounts.includes(named)) continue;
      context.addIssue({ code: 'custom', path, message: "a key of one of the fleet's own accounts" });
    }
  })
  .describe('a fleet with accounts, keys, home and standbys');
export type Fleet = z.output<typeof fleetSchema>;

const fleetName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,38}$/)
  .describe('a fleet name: a small letter, then up to 38 small letters, digits or hyphens');

/** The whole of fleets.yaml. */
export const fleetFileSchema = z
  .strictObject({
    fleets: z
      .record(fleetName, fleetSchema)
      .refine((fleets) => Object.keys(fleets).length <= 200, 'at most 200 fleets')
      .describe('the fleets by name'),
  })
  .describe('a mapping with the one field fleets');
