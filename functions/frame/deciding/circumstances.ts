import { type Intent, isWaiting } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import { type FleetStopAlarms, ringingOf, stopAlarmsOf } from '../../../core/coordination/stop-alarms.ts';
import type { Circumstances } from '../../../core/decision/circumstances.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import { type Known, known, unknown } from '../../../core/decision/known.ts';
import type { Fleet } from '../../../core/fleet/schema.ts';
import { intentId } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { hasEnded } from '../run/has-ended.ts';
import type { Runtime } from '../runtime.ts';
import { incidentsOf } from './incidents.ts';
import { switchesOf } from './switches.ts';

/** What the one who asks knows already; what probes, samples and watches say is left out by those who did not look. */
export interface Asked extends Pick<Circumstances, 'start'>, Partial<Omit<Circumstances, 'start' | 'request' | 'fleet' | 'now'>> {
  readonly request: RunRequest;
  readonly fleet: Fleet;
  /** The run that asks, when it goes already: a lease that it holds itself is not in its way. */
  readonly runId?: string;
}

/**
 * Everything that the guards look at, for `trigger` and `plan` alike: reads switches, lease, history, the last move's intent and the open
 * incidents from the table. What cannot be read becomes `unknown` with its cause, and the guards decide what that means.
 */
export const gatherCircumstances = async (
  runtime: Pick<Runtime, 'table' | 'clock' | 'executions'>,
  asked: Asked,
): Promise<Circumstances> => {
  const { runId, ...given } = asked;
  const { fleet: name } = asked.request;
  const [switches, lease, past, incidents, stopAlarms] = await Promise.all([
    learnt(switchesOf(runtime, name)),
    learnt(leaseOf(runtime, asked.request, runId)),
    learnt(pastOf(runtime, name)),
    learnt(incidentsOf(runtime, name)),
    learnt(stopAlarmsThatRing(runtime, asked)),
  ]);
  return {
    switches,
    lease,
    history: past.kind === 'known' ? known(past.value.history) : past,
    lastMoveOpen: past.kind === 'known' ? known(past.value.lastMoveOpen) : past,
    incidents,
    stopAlarms,
    verdicts: new Map(),
    eligibility: unknown('the keys were not looked at'),
    homeHealthySince: unknown('the home is not watched'),
    override: [],
    ...given,
    now: runtime.clock.now(),
  };
};

/** What a read brings, or why it brought nothing. */
export const learnt = async <T>(reading: Promise<T>): Promise<Known<T>> => {
  try {
    return known(await reading);
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
};

/**
 * The fleet's lease, unless it was given back or its holder has ended: then it is only a matter of time, which `plan` waits for. One
 * that was given back because a run of this intent pre-empted it is told as well: whoever takes the fleet over like that is no new run.
 */
const leaseOf = async (
  runtime: Pick<Runtime, 'table' | 'executions'>,
  request: RunRequest,
  runId: string | undefined,
): Promise<Lease | undefined> => {
  const lease = (await runtime.table.read<Lease>('lease', request.fleet))?.value;
  if (lease === undefined) return undefined;
  const isOfIntent = (holder: string | undefined): boolean => holder?.startsWith(`${intentId(request)}-`) === true;
  const { tookFrom } = lease;
  if (tookFrom !== undefined && isOfIntent(lease.holder)) return { ...lease, ...tookFrom, released: true, preemptedBy: lease.holder };
  if (lease.holder === runId) return undefined;
  if (lease.released) return isOfIntent(lease.preemptedBy) ? lease : undefined;
  return (await hasEnded(runtime, lease.holder)) ? undefined : lease;
};

/** Only a drill has alarms that stop it. */
const stopAlarmsThatRing = async (runtime: Pick<Runtime, 'table'>, { request, fleet }: Asked): Promise<ReturnType<typeof ringingOf>> => {
  const { stopOnAlarms } = fleet.drill;
  if (request.operation !== 'drill' || stopOnAlarms.length === 0) return [];
  return ringingOf((await runtime.table.read<FleetStopAlarms>('watch', stopAlarmsOf(request.fleet)))?.value, stopOnAlarms);
};

const pastOf = async (
  runtime: Pick<Runtime, 'table' | 'clock'>,
  fleetName: string,
): Promise<{ readonly history: FleetHistory; readonly lastMoveOpen: boolean }> => {
  const history = (await runtime.table.read<FleetHistory>('fleet', fleetName))?.value ?? {};
  if (history.lastMove === undefined) return { history, lastMoveOpen: false };
  const intent = (await runtime.table.read<Intent>('intent', history.lastMove.intent))?.value;
  return { history, lastMoveOpen: intent !== undefined && isWaiting(intent, runtime.clock.now()) };
};
