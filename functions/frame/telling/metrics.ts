/** Where CloudWatch keeps the figures, and the dimension that they have besides the fleet. */
export const METRICS_NAMESPACE = 'MrkFailover';
export const METRICS_SERVICE = 'mrk-failover';

/** Every figure that a function gives to CloudWatch, with its unit. The dashboard and the alarms know no others. */
export const METRICS = {
  /** One for each tick that came to its end; its absence means that nobody looks after open intents. */
  TicksDone: 'Count',
  RunsFinished: 'Count',
  /** One for a run whose fleet is not where it shall be, else zero. */
  RunsNotGreen: 'Count',
  DrillsFinished: 'Count',
  DrillsNotGreen: 'Count',
  KeysPromoted: 'Count',
  KeysAlreadyPrimary: 'Count',
  KeysUnproven: 'Count',
  KeysIneligible: 'Count',
  KeysBlocked: 'Count',
  KeysHalted: 'Count',
  KeysFailed: 'Count',
  /** From the plan to the last proof of a run that proved a key. */
  SecondsToLastVerified: 'Seconds',
  ApprovalsRequested: 'Count',
  /** Promotions that no run of ours sent. */
  UnorderedPromotions: 'Count',
  /** UpdatePrimaryRegion calls that KMS throttled. */
  CallsThrottled: 'Count',
  /** How long a fleet's oldest unfinished intent with blocked keys has been open; zero without one. */
  BlockedAgeSeconds: 'Seconds',
  /** One while a run holds the fleet's lease, else zero. */
  LeasesHeld: 'Count',
  /** What is left of the time in which no new signal starts a run of the fleet by itself. */
  CooldownSecondsLeft: 'Seconds',
  /** For how long a switch has kept runs of the fleet, or of all fleets, from starting; zero while none is on. */
  AutomationDisabledSeconds: 'Seconds',
  /** Since when the stored inventory of a fleet may lack keys: the age of the oldest complete listing that it rests on. */
  InventoryAgeSeconds: 'Seconds',
  /** Multi-Region keys of a fleet's accounts that belong to no fleet. */
  KeysOfNoFleet: 'Count',
  /** Keys that the fleet file names and nobody finds. */
  KeysNamedNotFound: 'Count',
} as const satisfies Readonly<Record<string, 'Count' | 'Seconds'>>;

export type MetricName = keyof typeof METRICS;

/** Figures of one moment; with a fleet, they count for it and for the installation as a whole. */
export interface Measurement {
  readonly fleet?: string;
  readonly figures: Readonly<Partial<Record<MetricName, number>>>;
}
