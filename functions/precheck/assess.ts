import { expiryNote } from '../../core/batch/expiry-notes.ts';
import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import { MATERIAL_HORIZON_MS, materialNeed } from '../../core/eligibility/material-need.ts';
import type { Observation } from '../../core/eligibility/observation.ts';
import { judge } from '../../core/eligibility/rules.ts';
import { exceptionFor } from '../../core/fleet/exception.ts';
import { type Readings, seen, standing, viewIn } from '../../core/key/agree.ts';
import type { FailureCode } from '../../core/key/failure.ts';
import { because } from '../../core/outcome/outcome.ts';
import type { ReasonOf } from '../../core/outcome/reasons.ts';
import type { Region } from '../../core/region.ts';
import type { RunFile } from '../frame/run/run-file.ts';

/** What was read for one key, and what the batch knows besides. */
export interface Look {
  readonly record: KeyRecord;
  readonly readings: Readings;
  readonly rotationRunning: Observation['rotationRunning'];
  readonly run: RunFile;
  readonly target: Region;
  /** Regions that answer nobody at present. */
  readonly dark: ReadonlySet<Region>;
  /** Dark Regions that the run has waited for long enough. */
  readonly givenUp: ReadonlySet<Region>;
  readonly now: number;
}

/** A key is not called for again sooner than this after a call whose effect never showed: KMS throttles hot keys. */
export const RESEND_MS = 25_000;
/** Sooner where KMS said at once that it failed inside, so that nothing is on its way. */
export const RESEND_AFTER_FAILURE_MS = 12_000;
/** Two calls a minute are what a key bears that was called for before. */
export const RESEND_LATER_MS = 30_000;

/** Decides what one look means for a key. Pure. */
export const assess = (look: Look): KeyRecord => {
  const record = withWarning(look, withFacts(look.record, look.readings));
  const where = standing(look.readings);
  const multiRegion = seen(look.readings).every((view) => view.multiRegion);
  if (where.kind === 'changing' && multiRegion) return changing(record);
  if (where.kind !== 'settled') return undecided(look, record);

  const primary = where.primary;
  const origin = record.origin ?? primary;
  const placed: KeyRecord = { ...record, origin, primary };
  if (primary === look.target) return origin === look.target ? concluded(placed, because('ALREADY_THERE')) : { ...placed, phase: 'sent' };
  if (isSafeElsewhere(look, primary)) return concluded(placed, because('SAFE_ELSEWHERE'), `the primary is in ${primary}`);
  return eligibility(look, placed, primary);
};

/** What the Regions say of the key's nature: all of it is shared between them. */
const withFacts = (record: KeyRecord, readings: Readings): KeyRecord => {
  const views = seen(readings);
  const view = views[0];
  if (view === undefined) return record;
  const regions = [...new Set([...record.regions, ...views.flatMap(({ regions: some }) => some), ...views.map(({ region }) => region)])];
  return { ...record, regions, usage: view.usage, spec: view.spec, algorithms: view.algorithms };
};

/** A failover moves a key whose material is about to expire in the target as well, and says so. */
const withWarning = ({ run, readings, target, now }: Look, record: KeyRecord): KeyRecord => {
  const expiresAt = viewIn(readings, target)?.materialExpiresAt;
  if (run.request.operation !== 'failover' || expiresAt === undefined || expiresAt >= now + MATERIAL_HORIZON_MS) return record;
  const note = expiryNote(target, expiresAt);
  return record.notes.includes(note) ? record : { ...record, notes: [...record.notes, note] };
};

/** In transition: by our own call when we had found the key elsewhere before, else by somebody else's, which is waited out. */
const changing = (record: KeyRecord): KeyRecord =>
  record.origin === undefined ? { ...record, phase: 'new', obstacle: 'STILL_UPDATING' } : { ...record, phase: 'sent' };

const isSafeElsewhere = ({ run, readings }: Look, primary: Region): boolean =>
  run.request.operation === 'failover' && primary !== run.request.source && viewIn(readings, primary) !== undefined;

const eligibility = (look: Look, record: KeyRecord, primary: Region): KeyRecord => {
  const verdict = judge({
    primary,
    target: look.target,
    readings: look.readings,
    exception: exceptionInForce(look),
    otherFleets: record.otherFleets ?? [],
    rotationRunning: look.rotationRunning,
    materialNeeded: materialNeed(look.run.request, look.run.fleet, look.target, look.now),
  });
  if (verdict.kind === 'refuse') return concluded(record, because(verdict.reason), verdict.detail);
  const detail = verdict.kind === 'unknown' ? verdict.detail : '';
  if (look.dark.has(primary)) return parkedOrWaiting(look, record, primary, 'PRIMARY_UNREACHABLE', detail);
  if (look.dark.has(look.target)) return parkedOrWaiting(look, record, look.target, 'TARGET_UNREACHABLE', detail);
  if (isTooSoon(look)) return { ...record, phase: 'new' };
  if (verdict.kind === 'pass' || isWorthATry(look)) return { ...record, phase: 'ready' };
  return { ...record, phase: 'new', obstacle: obstacleOf(look, primary), detail };
};

const exceptionInForce = ({ run, record, now }: Look): Observation['exception'] => {
  const found = exceptionFor(run.fleet, record, now);
  return found.kind === 'active' ? found.exception : undefined;
};

/** In a failover the source is allowed to be too sick to describe the key: KMS checks its state itself when it is called. */
const isWorthATry = ({ run, readings, target }: Look): boolean =>
  run.request.operation === 'failover' && viewIn(readings, target)?.state === 'Enabled';

const isTooSoon = ({ record, now }: Look): boolean => record.sentAt !== undefined && now - record.sentAt < resendMs(record);

const resendMs = ({ attempts, obstacle }: KeyRecord): number => {
  if (attempts > 1) return RESEND_LATER_MS;
  return obstacle === 'KMS_INTERNAL' ? RESEND_AFTER_FAILURE_MS : RESEND_MS;
};

type Unreachable = 'PRIMARY_UNREACHABLE' | 'TARGET_UNREACHABLE';

const parkedOrWaiting = ({ givenUp }: Look, record: KeyRecord, dark: Region, obstacle: Unreachable, detail: string): KeyRecord => ({
  ...record,
  phase: givenUp.has(dark) ? 'parked' : 'new',
  obstacle,
  detail,
});

/** What stands in a key’s way that may pass: the primary’s Region comes first, since only there can the role be handed on. */
const obstacleOf = ({ readings, target }: Look, primary: Region | undefined): ReasonOf<'blocked'> => {
  const atPrimary = primary === undefined ? undefined : readings.get(primary);
  if (atPrimary?.kind === 'failure') return OBSTACLE_OF[atPrimary.code] ?? 'KMS_INTERNAL';
  const atTarget = readings.get(target);
  if (atTarget?.kind !== 'failure') return 'KMS_INTERNAL';
  return atTarget.code === 'unreachable' ? 'TARGET_UNREACHABLE' : (OBSTACLE_OF[atTarget.code] ?? 'KMS_INTERNAL');
};

const OBSTACLE_OF: Readonly<Partial<Record<FailureCode, ReasonOf<'blocked'>>>> = {
  unreachable: 'PRIMARY_UNREACHABLE',
  throttled: 'THROTTLED',
  'our-credentials': 'OUR_CREDENTIALS',
};

/**
 * Nothing could be read: a refusal may still be known (an exception, nobody knows the key, nobody lets us look), else it is waited for.
 * Only of a key that was called for is it an open question what became of it.
 */
const undecided = (look: Look, record: KeyRecord): KeyRecord => {
  const verdict = judge({
    primary: undefined,
    target: look.target,
    readings: look.readings,
    exception: exceptionInForce(look),
    otherFleets: record.otherFleets ?? [],
    rotationRunning: 'not-asked',
    materialNeeded: materialNeed(look.run.request, look.run.fleet, look.target, look.now),
  });
  if (verdict.kind === 'refuse') return concluded(record, because(verdict.reason), verdict.detail);
  const detail = verdict.kind === 'unknown' ? verdict.detail : '';
  if (look.dark.has(look.target)) return parkedOrWaiting(look, record, look.target, 'TARGET_UNREACHABLE', detail);
  return { ...record, phase: 'new', obstacle: record.attempts > 0 ? 'UNREADABLE' : obstacleOf(look, record.primary), detail };
};
