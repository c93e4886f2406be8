import type { TimerClock } from '../clock/timer-clock.ts';
import type { Seeded } from '../random/seeded.ts';
import type { Authorization } from './authorization/authorization.ts';
import type { Caller } from './authorization/caller.ts';
import type { CloudTrailRecord } from './cloud-trail.ts';
import type { FaultPanel } from './fault-panel.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { Shelf } from './keys/shelf.ts';
import type { HotKeys } from './limits/hot-keys.ts';
import type { OperationName } from './operation-name.ts';
import type { Temperament } from './temperament.ts';
import type { Unkindness } from './unkindness.ts';

/** A promotion that KMS accepted. */
export interface AcceptedPromotion {
  readonly account: string;
  readonly keyId: string;
  readonly source: string;
  readonly target: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What operations work on: the keys, and everything that is drawn, counted or told. */
export interface World {
  readonly clock: TimerClock;
  readonly ring: KeyRing;
  /** What all key material grows from. */
  readonly secret: string;
  readonly temperament: Temperament;
  readonly unkindness: Unkindness;
  readonly faults: FaultPanel;
  /** Bursts of promotions of one key, and of EnableKey and DisableKey on one related key. */
  readonly hotKeys: HotKeys;
  readonly hotSwitches: HotKeys;
  /** Decides who may do what; absent where everybody may do everything that is not denied expressly. */
  readonly authorization: Authorization | undefined;
  readonly trail: CloudTrailRecord[];
  /** Chance for key IDs and for initialisation vectors. */
  readonly keyIds: Seeded;
  readonly ivs: Seeded;
  accepted(promotion: AcceptedPromotion): void;
}

/** One call that has arrived at a Region's endpoint. */
export interface Call {
  readonly operation: OperationName;
  readonly account: string;
  readonly region: string;
  readonly isRead: boolean;
  readonly requestId: string;
  readonly caller: Caller;
  /** The request's body. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the caller's account has in that Region. */
  readonly shelf: Shelf;
  readonly world: World;
}
