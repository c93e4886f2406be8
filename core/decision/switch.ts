/** A switch that an operator threw to keep runs from starting: for every fleet (item `global`), or for one (item `fleet/<name>`). */
export interface StopSwitch {
  readonly scope: 'global' | 'fleet';
  /** Who threw it: the caller's ARN. */
  readonly owner: string;
  readonly reason: string;
  readonly thrownAt: number;
  /** Epoch milliseconds; afterwards, and when it was taken back, the switch is off. */
  readonly expiresAt: number;
  /** Who took it back before its time, and when. */
  readonly takenBack?: { readonly by: string; readonly at: number };
}

export const SWITCH_GLOBAL = 'global';
export const switchOfFleet = (fleet: string): string => `fleet/${fleet}`;

/** Whether a switch keeps runs from starting at `now`: it was thrown, its end has not come, and nobody has taken it back. */
export const isOn = (thrown: StopSwitch | undefined, now: number): thrown is StopSwitch =>
  thrown !== undefined && thrown.expiresAt > now && thrown.takenBack === undefined;
