import { FUNCTION_TIMEOUT_SECONDS } from '../core/limits.ts';
import { PRICES } from './prices.ts';

/** How large an installation is. */
export interface Size {
  /** One or two. */
  readonly controlRegions: number;
  readonly fleets: number;
  /** Of each fleet: its home and its standbys. */
  readonly regionsOfFleet: number;
  /** Accounts and Regions with a sensor stack. */
  readonly sensors: number;
}

/** Three fleets in three Regions of one account, under two control Regions. */
export const EXAMPLE: Size = { controlRegions: 2, fleets: 3, regionsOfFleet: 3, sensors: 3 };

/** One thing that costs whether or not anything is moved. */
export interface IdleItem {
  readonly what: string;
  /** With C control Regions, F fleets, R Regions of a fleet and S sensors; the units are those of {@link PRICES}. */
  readonly formula: string;
  readonly usdPerMonth: number;
}

const MINUTES_A_MONTH = 43_800;

/** What a tick in quiet times uses, as the simulator counts it over three hours with their listings; a test repeats that. */
export const QUIET_TICK = {
  gbSeconds: (fleets: number) => 0.15 + 0.01 * fleets,
  tableReads: (fleets: number) => 5 + 7 * fleets,
  tableWrites: (fleets: number) => fleets,
  storeGets: (fleets: number) => 3 + 1.1 * fleets,
  kmsRequests: ({ fleets, regionsOfFleet }: Pick<Size, 'fleets' | 'regionsOfFleet'>) => 2 * regionsOfFleet * fleets,
  logBytes: (fleets: number) => 1_000 + 1_500 * fleets,
} as const;

/** Series that are sent every minute: the tick's, and seven figures of the installation as a whole and of each fleet. */
export const metricSeries = (fleets: number): number => 1 + 7 * (1 + fleets);

const OWN_ALARMS = 8;
const QUEUES = 4;
/** What an execution may end as besides success and failure. */
const EXECUTION_METRICS = 3;
/**
 * Series that the alarms of a control Region look at, by which they are billed: errors and throttles are each the sum over all
 * functions. A test counts them in the template.
 */
export const ALARM_SERIES = OWN_ALARMS + QUEUES + EXECUTION_METRICS + 2 * Object.keys(FUNCTION_TIMEOUT_SECONDS).length;

/** Everything that costs something while nothing happens, in US dollars a month before any free tier. */
export const idleItems = ({ controlRegions: C, fleets: F, regionsOfFleet: R, sensors: S }: Size): readonly IdleItem[] => {
  const ticks = C * MINUTES_A_MONTH;
  const item = (what: string, formula: string, usdPerMonth: number): IdleItem => ({ what, formula, usdPerMonth });
  return [
    item('the key that encrypts buckets, logs and messages', 'C × 1', C * PRICES.keyMonth),
    item('alarms, by the series they look at', `(${ALARM_SERIES}C + S) × 0.10`, (ALARM_SERIES * C + S) * PRICES.alarmMonth),
    item('dashboard', 'C × 3', C * PRICES.dashboardMonth),
    item('custom metrics', 'C × (8 + 7F) × 0.30', C * metricSeries(F) * PRICES.metricMonth),
    item(
      '`trigger`, called by the tick',
      'ticks × ((0.15 + 0.01F) GB-s + 1 request)',
      ticks * (QUIET_TICK.gbSeconds(F) * PRICES.lambdaGbSecond + PRICES.lambdaRequest),
    ),
    item('the schedule of the tick', 'ticks × 1 invocation', ticks * PRICES.scheduledInvocation),
    item('traces of the tick', 'ticks × 1 trace', ticks * PRICES.trace),
    item('logs and figures of the tick', 'ticks × (1 + 1.5F) kB', (ticks * QUIET_TICK.logBytes(F) * PRICES.logGb) / 1e9),
    item(
      'probes of KMS, paid by the accounts that own keys',
      'ticks × 2RF requests',
      ticks * QUIET_TICK.kmsRequests({ fleets: F, regionsOfFleet: R }) * PRICES.kmsRequest,
    ),
    item(
      'table, written in each of its Regions',
      'ticks × ((5 + 7F) reads + CF writes)',
      ticks * (QUIET_TICK.tableReads(F) * PRICES.tableRead + C * QUIET_TICK.tableWrites(F) * PRICES.tableWrite),
    ),
    item('working bucket', 'ticks × (3 + 1.1F) GETs', ticks * QUIET_TICK.storeGets(F) * PRICES.storeGet),
  ];
};

export const idleUsdPerMonth = (size: Size): number => idleItems(size).reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0);
