import type { AccountId } from '../region.ts';
import { refersTo } from './key-reference.ts';
import type { Fleet, FleetException } from './schema.ts';

/** Whether a key is excepted from moving: it is, it was until the date passed, or it never was. */
type ExceptionState = { readonly kind: 'active' | 'expired'; readonly exception: FleetException } | { readonly kind: 'none' };

const dayMs = 24 * 60 * 60 * 1000;

/** The first millisecond (epoch) at which the exception holds no more: the end of its last day, in UTC. */
export const exceptionEndsAt = (exception: FleetException): number => Date.parse(`${exception.expires}T00:00:00Z`) + dayMs;

/** The exception a fleet makes for a key, as it stands at `nowMs` (epoch milliseconds). */
export const exceptionFor = (
  fleet: Pick<Fleet, 'exceptions'>,
  key: { readonly account: AccountId; readonly keyId: string },
  nowMs: number,
): ExceptionState => {
  const exception = fleet.exceptions.find((candidate) => refersTo(candidate.key, key));
  if (exception === undefined) return { kind: 'none' };
  return { kind: nowMs < exceptionEndsAt(exception) ? 'active' : 'expired', exception };
};

/** The exceptions of a fleet that are over at `nowMs` (epoch milliseconds), and stand in its file still. */
export const expiredExceptions = (fleet: Pick<Fleet, 'exceptions'>, nowMs: number): readonly FleetException[] =>
  fleet.exceptions.filter((exception) => exceptionEndsAt(exception) <= nowMs);
