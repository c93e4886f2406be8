import type { Lease } from '../../core/coordination/lease.ts';
import type { FleetHistory } from '../../core/decision/history.ts';
import type { OperatorRequest } from '../../core/operator/requests.ts';
import { instant } from '../../core/words/time.ts';
import { changeItem, replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { closeIntents, type StoppedIntent } from './close-intents.ts';
import type { Caller, Deed } from './deed.ts';
import { putOnRecord } from './record.ts';
import { unknownFleet } from './unknown-fleet.ts';

/**
 * Ends what is under way for a fleet. The run that holds it attempts no further key and ends by itself, with a report that says what
 * was moved and what was not; a run that makes its plan ends before it has called for a key; open intents are closed.
 */
export const stop = async (runtime: Runtime, caller: Caller, { fleet, reason }: OperatorRequest<'stop'>): Promise<Deed> => {
  const unknown = await unknownFleet(runtime, fleet);
  if (unknown !== undefined) return unknown;
  const at = runtime.clock.now();
  // Before the lease is looked at: a plan that misses this order has taken the lease by then, and is found there.
  await replaceItem<FleetHistory>(runtime, 'fleet', fleet, (history) => ({ ...history, stopped: { by: caller.arn, at, reason } }));
  const holder = (await runtime.table.read<Lease>('lease', fleet))?.value;
  const holderId = holder === undefined || holder.released ? undefined : holder.holder;
  const because = `${caller.arn} stopped it: ${reason}`;
  const before = await closeIntents(runtime, fleet, holderId, because);
  const { lease, was } = await stopHolder(runtime, fleet, caller.arn);
  // A run that gave the fleet back in between may have left its intent open.
  const hasLeft = holderId !== undefined && lease?.holder !== holderId;
  const again = hasLeft ? await closeIntents(runtime, fleet, lease?.holder, because) : [];
  const intents = [...before.filter(({ id }) => again.every((other) => other.id !== id)), ...again];

  const starting = intents.flatMap(({ starting: run }) => run ?? []);
  const runId = lease?.holder ?? starting[0];
  const deed = `${caller.arn} ${whatWasDone(fleet, lease, intents)}: ${reason}.`;
  const sentences = [
    ...(was === undefined ? [deed] : [`Run ${lease?.holder} was stopped by ${was} already.`]),
    ...(lease === undefined || was !== undefined ? [] : [HOLDER_ENDS]),
    ...intents.map(inWords),
    ...(lease === undefined ? [withoutHolder(fleet, at, intents)] : []),
  ];
  if (was === undefined || intents.length > 0)
    await putOnRecord(runtime, caller, {
      fleet,
      signal: 'operator: stop',
      verb: 'observe',
      rule: 'STOPPED_BY_OPERATOR',
      why: sentences.join(' '),
      liftedBy: ['a person who starts the run again; what was moved stays where it is'],
      ...(runId === undefined ? {} : { runId }),
    });
  return { status: 200, message: sentences.join(' '), ...(runId === undefined ? {} : { facts: { runId } }) };
};

const whatWasDone = (fleet: string, lease: Lease | undefined, intents: readonly StoppedIntent[]): string => {
  if (lease !== undefined) return `stopped run ${lease.holder} (${lease.operation}) of fleet ${fleet}`;
  return `${intents.length === 0 ? 'asked to stop' : 'stopped'} what is under way for fleet ${fleet}`;
};

const stopHolder = (runtime: Runtime, fleet: string, by: string): Promise<{ readonly lease?: Lease; readonly was?: string }> =>
  changeItem<Lease, { readonly lease?: Lease; readonly was?: string }>(runtime, 'lease', fleet, (lease) => {
    if (lease === undefined || lease.released) return { answer: {} };
    if (lease.stoppedBy !== undefined) return { answer: { lease, was: lease.stoppedBy } };
    return { store: { ...lease, stoppedBy: by }, answer: { lease } };
  });

const HOLDER_ENDS =
  'It attempts no further key within a second or two, reads what became of the calls that are out, and reports; a drill brings home what it moved.';

const inWords = ({ id, request, became, starting }: StoppedIntent): string => {
  const what = `${request.operation} from ${request.source} to ${request.target}`;
  if (became === 'coming-home')
    return `Intent ${id} (${what}) stays open: the drill may have keys away, and its next run only brings them home.`;
  return starting === undefined
    ? `Intent ${id} (${what}) is closed: no further run of it starts by itself.`
    : `Run ${starting} (${what}), which had no plan yet, ends before it calls for a key, and its intent is closed.`;
};

/** What cannot be seen from here is stopped all the same, and said. */
const withoutHolder = (fleet: string, at: number, intents: readonly StoppedIntent[]): string =>
  [
    `No run holds fleet ${fleet}${intents.length === 0 ? ', and no intent of it is open: nothing was found to stop' : ''}.`,
    `A run that a person started before ${instant(at)} and that makes its plan still ends before it calls for a key.`,
    `What is begun from now on is not stopped by this: mrk-failover switch on --fleet ${fleet} keeps it from starting.`,
  ].join(' ');
