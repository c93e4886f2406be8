import type { Intent } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import { coolingOf } from '../../../core/decision/cooling.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import type { StopSwitch } from '../../../core/decision/switch.ts';
import type { Fleet } from '../../../core/fleet/schema.ts';
import type { Measurement } from './metrics.ts';

/** What the table says of one fleet. */
export interface FleetState {
  readonly name: string;
  readonly fleet: Fleet;
  /** Every intent of the fleet. */
  readonly intents: readonly Intent[];
  readonly lease: Lease | undefined;
  /** The switches that are on for it. */
  readonly switches: readonly StopSwitch[];
  readonly history: FleetHistory;
}

/** A fleet at this moment, in figures. */
export const fleetFigures = (state: FleetState, now: number): Measurement => {
  const { name, fleet, intents, lease, switches, history } = state;
  const blockedSince = intents
    .filter(({ state, blockedSample }) => state === 'open' && blockedSample.length > 0)
    .map(({ openedAt }) => openedAt);
  const cooling = coolingOf(history, { fleet, now });
  return {
    fleet: name,
    figures: {
      BlockedAgeSeconds: ageSeconds(blockedSince, now),
      LeasesHeld: lease !== undefined && !lease.released && lease.expiresAt > now ? 1 : 0,
      CooldownSecondsLeft: cooling === undefined ? 0 : Math.round((cooling.until - now) / 1000),
      AutomationDisabledSeconds: ageSeconds(
        switches.map(({ thrownAt }) => thrownAt),
        now,
      ),
    },
  };
};

/** How long ago the earliest of these times was, zero when there is none. */
const ageSeconds = (times: readonly number[], now: number): number =>
  Math.round(times.reduce((oldest, at) => Math.max(oldest, now - at), 0) / 1000);
