import type { Eligibility } from '../../../core/decision/circumstances.ts';
import { type Known, known, unknown } from '../../../core/decision/known.ts';
import { materialNeed } from '../../../core/eligibility/material-need.ts';
import { judge } from '../../../core/eligibility/rules.ts';
import { exceptionFor } from '../../../core/fleet/exception.ts';
import type { Fleet } from '../../../core/fleet/schema.ts';
import type { FoundKey } from '../../../core/inventory/inventory.ts';
import { type Readings, standing, viewIn } from '../../../core/key/agree.ts';
import { keyName } from '../../../core/key/key.ts';
import type { Region } from '../../../core/region.ts';
import { type RunRequest, regionsOf } from '../../../core/run/request.ts';
import type { Runtime } from '../runtime.ts';
import { observe } from './observe.ts';
import { rotationOf } from './rotation.ts';
import { SAMPLE_MAX, SAMPLE_PER_ACCOUNT_MAX, sampleKeys } from './sample-keys.ts';

export interface EligibilityAsk {
  readonly request: RunRequest;
  readonly fleet: Fleet;
  readonly keys: readonly FoundKey[];
  /** Regions that are known not to answer: asking each key's replica there would only wait out its timeouts. */
  readonly spared?: ReadonlySet<Region>;
}

/** How many keys are looked at together. */
const AT_ONCE = 100;
/** A look at every key of a large fleet must leave the plan time for the rest. */
const LOOKING_MS_MAX = 45_000;
/** How many keys of each reason are named to the one who asks why not. */
const NAMED_MAX = 3;

/**
 * Judges by the rules of `precheck` how many keys could be promoted now, or are in the target already: of a sample in a failover,
 * of every key for operations that can wait. Keys that the fleet file excepts are none of the latter's business.
 */
export const eligibilityOf = async (runtime: Runtime, ask: EligibilityAsk): Promise<Known<Eligibility>> => {
  const now = runtime.clock.now();
  const isFailover = ask.request.operation === 'failover';
  const keys = isFailover
    ? sampleKeys(ask.keys, SAMPLE_PER_ACCOUNT_MAX, SAMPLE_MAX)
    : ask.keys.filter((key) => exceptionFor(ask.fleet, key, now).kind !== 'active');
  const obstacles: Array<{ readonly key: FoundKey; readonly why: string }> = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    if (runtime.clock.now() - now >= LOOKING_MS_MAX)
      return unknown(`only ${from} of ${keys.length} keys could be looked at in the ${LOOKING_MS_MAX / 1000} s that there are for it`);
    const looks = await Promise.all(
      keys.slice(from, from + AT_ONCE).map(async (key) => ({ key, why: await obstacleTo(runtime, ask, key) })),
    );
    obstacles.push(...looks.flatMap(({ key, why }) => (why === undefined ? [] : [{ key, why }])));
  }
  return known({ eligible: keys.length - obstacles.length, looked: keys.length, because: counted(obstacles) });
};

/** Why the key cannot be promoted now, in a word; undefined when it can, or need not be. */
const obstacleTo = async (runtime: Runtime, { request, fleet, spared }: EligibilityAsk, key: FoundKey): Promise<string | undefined> => {
  const readings = await observe(runtime, key, regionsOf(fleet), spared);
  const where = standing(readings);
  if (where.kind === 'settled' && isInPlace(request, readings, where.primary)) return undefined;
  // A key in transition settles in seconds: perhaps a drill moves it that the failover takes the fleet from.
  if (where.kind === 'changing' && request.operation === 'failover') return undefined;
  const exception = exceptionFor(fleet, key, runtime.clock.now());
  const verdict = judge({
    primary: where.kind === 'settled' ? where.primary : undefined,
    target: request.target,
    readings,
    exception: exception.kind === 'active' ? exception.exception : undefined,
    otherFleets: key.otherFleets,
    rotationRunning: request.operation === 'failover' ? 'not-asked' : await rotationOf(runtime, key, readings),
    materialNeeded: materialNeed(request, fleet, request.target, runtime.clock.now()),
  });
  if (verdict.kind === 'pass') return undefined;
  if (verdict.kind === 'refuse') return verdict.reason;
  // A source too sick to describe its keys is what a failover is for: KMS checks their state itself when it is called.
  const isWorthATry = request.operation === 'failover' && viewIn(readings, request.target)?.state === 'Enabled';
  return isWorthATry ? undefined : `not to be told (${verdict.detail})`;
};

/** In the target, or in a failover in a third Region that answers. */
const isInPlace = (request: RunRequest, readings: Readings, primary: Region): boolean =>
  primary === request.target || (request.operation === 'failover' && primary !== request.source && viewIn(readings, primary) !== undefined);

/** The obstacles counted, the most frequent first, each with the first keys that have it. */
const counted = (obstacles: ReadonlyArray<{ readonly key: FoundKey; readonly why: string }>): readonly string[] =>
  [...Map.groupBy(obstacles, ({ why }) => why)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([why, some]) => {
      const named = some.slice(0, NAMED_MAX).map(({ key }) => keyName(key));
      return `${some.length} ${why} (${named.join(', ')}${some.length > NAMED_MAX ? ', …' : ''})`;
    });
