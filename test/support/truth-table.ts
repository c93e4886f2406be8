import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Circumstances } from '../../core/decision/circumstances.ts';
import { type Known, known, unknown } from '../../core/decision/known.ts';
import type { Situation } from '../../core/decision/situation.ts';
import type { Start } from '../../core/decision/start.ts';
import { type Fleet, fleetSchema } from '../../core/fleet/schema.ts';
import { type Region, region, regionSchema } from '../../core/region.ts';
import { intentId } from '../../core/run/name.ts';
import { OPERATIONS } from '../../core/run/operation.ts';
import type { RunRequest } from '../../core/run/request.ts';

const MINUTE_MS = 60_000;
const FLEET_NAME = 'payments';

const name = z.string().min(1);
/** Something that may not be known. */
const orUnknown = <T extends z.ZodType>(schema: T) => z.union([z.literal('unknown'), schema]);
const perRegion = <T extends z.ZodType>(schema: T) => z.record(regionSchema, schema);

const situationFields = {
  /** Fields of the fleet that differ from the file's own. */
  fleet: z.record(z.string(), z.unknown()).optional(),
  primaries: orUnknown(perRegion(z.int())).optional(),
  /** How many keys could not be looked at. */
  unseen: z.strictObject({ keys: z.int(), of: z.int() }).optional(),
  probes: perRegion(z.enum(['degraded', 'unreachable', 'healthy', 'unknown'])).optional(),
  /** Regions with an open incident, and its name. */
  incidents: orUnknown(perRegion(name)).optional(),
  /** Names of the drill's stop alarms that have been in ALARM for five minutes. */
  stopAlarms: orUnknown(z.array(name)).optional(),
  stopSwitch: orUnknown(z.strictObject({ scope: z.enum(['global', 'fleet']), owner: name, reason: name, minutesLeft: z.int() })).optional(),
  lease: orUnknown(
    z.strictObject({
      operation: z.enum(OPERATIONS),
      sameIntent: z.boolean().default(false),
      released: z.boolean().default(false),
      secondsLeft: z.int(),
    }),
  ).optional(),
  lastMove: orUnknown(
    z.strictObject({
      operation: z.enum(OPERATIONS).default('failover'),
      from: regionSchema,
      to: regionSchema,
      minutesAgo: z.int(),
      incident: name.default('health-earlier'),
      /** Whether its intent waits for keys still. */
      open: orUnknown(z.boolean()).default(false),
      acknowledged: z.boolean().default(false),
    }),
  ).optional(),
  eligible: orUnknown(z.string().regex(/^\d+ of \d+$/)).optional(),
  homeHealthyForMinutes: orUnknown(z.union([z.int(), z.literal('not healthy')])).optional(),
  begun: z.strictObject({ run: name.optional(), state: z.enum(['open', 'closed']), reopened: z.boolean().optional() }).optional(),
  duplicate: z.boolean().optional(),
};

const expectedGuards = z.record(name, z.enum(['pass', 'refuse', 'unknown'])).default({});

const rowOfSignalSchema = z.strictObject({
  title: name,
  /** A recorded event: test/fixtures/health or test/fixtures/signals. */
  signal: name,
  /** Fields of the event that differ, by path; null takes the field out. */
  with: z.record(name, z.unknown()).default({}),
  now: z.iso.datetime().optional(),
  ...situationFields,
  decision: z.enum(['start', 'approve', 'observe', 'ignore']),
  operation: z.enum(OPERATIONS).optional(),
  target: regionSchema.optional(),
  rule: name,
  /** Part of the explanation. */
  why: name,
  guards: expectedGuards,
});
export type RowOfSignal = z.output<typeof rowOfSignalSchema>;

const rowOfStartSchema = z.strictObject({
  title: name,
  /** Who asks for what, when it is no signal that asks. */
  asked: z.strictObject({
    /** An approval is maria's, unless there is no record of whose it is. */
    approver: z.enum(['maria', 'not on record']).default('maria'),
    by: z.enum(['person', 'approval', 'follow-up', 'schedule', 'signal']),
    operation: z.enum(OPERATIONS),
    source: regionSchema,
    target: regionSchema,
    override: z.array(name).default([]),
  }),
  ...situationFields,
  allowed: z.boolean(),
  /** The rules of the guards that object. */
  rules: z.array(name),
  why: name,
  guards: expectedGuards,
});
type RowOfStart = z.output<typeof rowOfStartSchema>;

const tableSchema = z.strictObject({
  fleet: z.record(z.string(), z.unknown()),
  usually: z.strictObject(situationFields),
  signals: z.array(rowOfSignalSchema),
  starts: z.array(rowOfStartSchema),
});
type TruthTable = z.output<typeof tableSchema>;

/** @throws with the place of every field that is not as the table's own words want it */
export const readTruthTable = (file: URL): TruthTable => {
  const parsed = tableSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
};

/** The event of a row, as EventBridge would deliver it. */
export const eventOf = (row: RowOfSignal): Record<string, unknown> => {
  const files = ['health', 'signals'].map((folder) => new URL(`../fixtures/${folder}/${row.signal}.json`, import.meta.url));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`There is no recorded event named ${row.signal}.`);
  const event: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  for (const [path, value] of Object.entries(row.with)) change(event, path.split('.'), value);
  return event;
};

const change = (holder: Record<string, unknown>, [step = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length > 0) change(holder[step] as Record<string, unknown>, rest, value);
  else if (value === null) delete holder[step];
  else holder[step] = value;
};

type Row = RowOfSignal | RowOfStart;

/** What a row says of the world, with what is usual filled in. */
const worldOf = (table: TruthTable, row: Row) => ({ ...table.usually, ...row });

/** The fleet that a row is about, under its name. */
export const fleetsOfRow = (table: TruthTable, row: Row): ReadonlyMap<string, Fleet> =>
  new Map([[FLEET_NAME, fleetSchema.parse({ ...table.fleet, ...row.fleet })]]);

const learnt = <T, U>(said: T | 'unknown' | undefined, meaning: (value: T | undefined) => U, what: string): Known<U> =>
  said === 'unknown' ? unknown(`${what} did not answer`) : known(meaning(said));

/** The situation in which a signal of the row finds the fleet. */
export const situationOf = (table: TruthTable, row: Row, now: number, request?: RunRequest): Situation => {
  const world = worldOf(table, row);
  const fleet = fleetsOfRow(table, row).get(FLEET_NAME);
  if (fleet === undefined) throw new Error('unreachable: the fleet of a row has this name');
  const move = world.lastMove;
  const regions = <T>(entries: Partial<Record<Region, T>>): ReadonlyMap<Region, T> =>
    new Map(Object.entries<T | undefined>(entries).flatMap(([code, value]) => (value === undefined ? [] : [[region(code), value]])));
  return {
    fleetName: FLEET_NAME,
    fleet,
    now,
    primaries: learnt(world.primaries, (counts) => regions(counts ?? {}), 'every Region'),
    unseen: world.unseen,
    verdicts: new Map([...regions(world.probes ?? {})].map(([where, verdict]) => [where, { verdict, why: `the row says ${verdict}` }])),
    incidents: learnt(
      world.incidents,
      (open) => [...regions(open ?? {})].map(([where, incident]) => ({ region: where, incident })),
      'the table',
    ),
    stopAlarms: learnt(world.stopAlarms, (names) => (names ?? []).map((each) => ({ name: each, since: now - 5 * MINUTE_MS })), 'the table'),
    switches: learnt(
      world.stopSwitch,
      (thrown) => {
        if (thrown === undefined) return [];
        const { minutesLeft, ...rest } = thrown;
        return [{ ...rest, thrownAt: now - MINUTE_MS, expiresAt: now + minutesLeft * MINUTE_MS }];
      },
      'the table',
    ),
    lease: learnt(
      world.lease,
      (held) =>
        held && {
          holder: held.sameIntent && request !== undefined ? `${intentId(request)}-1` : 'payments-fedcba9876543210-1',
          operation: held.operation,
          fence: 4,
          expiresAt: now + held.secondsLeft * 1000,
          released: held.released,
        },
      'the table',
    ),
    history: learnt(move, historyOf(now), 'the table'),
    lastMoveOpen: learnt(move === undefined || move === 'unknown' ? false : move.open, (open) => open ?? false, 'the table'),
    eligibility: learnt(world.eligible, eligibilityOf, 'the target'),
    homeHealthySince: learnt(
      world.homeHealthyForMinutes,
      (minutes) => (typeof minutes === 'number' ? now - minutes * MINUTE_MS : undefined),
      'the probes',
    ),
    begun: world.begun && {
      state: world.begun.state,
      isReopened: world.begun.reopened === true,
      ...(world.begun.run === undefined ? {} : { runId: world.begun.run }),
    },
    isDuplicate: world.duplicate ?? false,
  };
};

const historyOf = (now: number) => (move: Exclude<RowOfSignal['lastMove'], 'unknown'>) => {
  if (move === undefined) return {};
  const runId = 'payments-0000000000000001-1';
  const lastMove = {
    runId,
    intent: 'payments-0000000000000001',
    operation: move.operation,
    source: move.from,
    target: move.to,
    incident: move.incident,
    start: 'signal' as const,
    endedAt: now - move.minutesAgo * MINUTE_MS,
  };
  return move.acknowledged ? { lastMove, acknowledged: { runId, by: 'maria', at: now } } : { lastMove };
};

const eligibilityOf = (said: string | undefined) => {
  const [eligible = 0, looked = 0] = (said ?? '').split(' of ').map(Number);
  return { eligible, looked, because: eligible < looked ? [`${looked - eligible} NO_REPLICA`] : [] };
};

/** What the guards are shown for a run that no signal asks for. */
export const circumstancesOf = (table: TruthTable, row: RowOfStart, now: number): Circumstances => {
  const { by, approver, operation, source, target, override } = row.asked;
  const request: RunRequest = { fleet: FLEET_NAME, operation, source, target, incident: 'INC-7' };
  const start: Start = by === 'approval' ? { by, approvedBy: approver === 'maria' ? approver : undefined } : { by };
  return { ...situationOf(table, row, now, request), request, start, override };
};
