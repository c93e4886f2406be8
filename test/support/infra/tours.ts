import assert from 'node:assert/strict';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { inputFor } from '../../../core/run/request-from.ts';
import { ALARM_DETAIL_TYPE } from '../../../core/signal/alarm.ts';
import { DRILL_DUE } from '../../../core/signal/drill-due.ts';
import { EXECUTION_DETAIL_TYPE } from '../../../core/signal/execution-change.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { CLOUDTRAIL_DETAIL_TYPE } from '../../../core/signal/promotion-record.ts';
import type { Measurement } from '../../../functions/frame/telling/metrics.ts';
import type { JsonValue } from '../../../simulator/asl/json.ts';
import { deliver } from '../../../simulator/lambda/deliver.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import type { PortCall } from '../../../simulator/world/observed.ts';
import type { World } from '../../../simulator/world/world.ts';
import type { StoryWords } from '../stories.ts';
import { inWorld } from '../worlds.ts';
import { ACCOUNT, ALARM, fleet, HOME, KEY_IDS, STANDBY } from './tour-fleets.ts';

const signalled = (world: World, event: unknown): Promise<JsonValue> => deliver(world.clock, () => world.invoke('trigger', event));

/** Waits for every run that there is, by name of the intents. */
const runsEnd = async (world: World): Promise<void> => {
  const intents = await world.table.list<Intent>('intent');
  await Promise.all(intents.flatMap(({ value }) => value.runs).map((runId) => world.stepFunctions.execution(runId)?.done));
};

const ticks = async (world: World, count: number): Promise<void> => {
  for (let tick = 0; tick < count; tick += 1) {
    await world.clock.sleep(60_000);
    await world.invoke('trigger', TICK).catch(() => undefined);
    await runsEnd(world);
  }
};

const trouble = (world: World) => healthEvent(HOME, ACCOUNT, world.clock.now());

const started = async (world: World, request: RunRequest): Promise<string> => {
  const runId = runName(intentId(request), 1);
  await world.stepFunctions.start(runId, inputFor(request));
  return runId;
};

const requestFor = (operation: RunRequest['operation']): RunRequest => {
  const [source, target] = operation === 'failback' ? [STANDBY, HOME] : [HOME, STANDBY];
  return { fleet: 'payments', operation, source, target, incident: `tour-${operation}` };
};

const finished = async (world: World, runId: string): Promise<void> => {
  await world.stepFunctions.execution(runId)?.done;
};

const alarm = (world: World, state: string) => ({
  source: 'aws.cloudwatch',
  'detail-type': ALARM_DETAIL_TYPE,
  account: ACCOUNT,
  region: HOME,
  resources: [ALARM],
  detail: { alarmName: 'app', state: { value: state, timestamp: new Date(world.clock.now()).toISOString(), reason: 'too many errors' } },
});

const trail = (world: World, requestID: string, keyId: string) => ({
  source: 'aws.kms',
  'detail-type': CLOUDTRAIL_DETAIL_TYPE,
  detail: {
    eventSource: 'kms.amazonaws.com',
    eventName: 'UpdatePrimaryRegion',
    eventTime: new Date(world.clock.now()).toISOString(),
    awsRegion: HOME,
    recipientAccountId: ACCOUNT,
    requestID,
    userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/mallory` },
    requestParameters: { keyId, primaryRegion: STANDBY },
  },
});

const execution = (runId: string, status: string) => ({
  source: 'aws.states',
  'detail-type': EXECUTION_DETAIL_TYPE,
  detail: { executionArn: `arn:execution:${runId}`, stateMachineArn: 'arn:stateMachine', name: runId, status },
});

const operator = (world: World, path: string, body: unknown): Promise<JsonValue> =>
  world.invoke('operator', {
    rawPath: `/${path}`,
    requestContext: {
      requestId: `request-${path}`,
      http: { method: 'POST' },
      authorizer: { iam: { userArn: `arn:aws:sts::${ACCOUNT}:assumed-role/operator/anna` } },
    },
    body: JSON.stringify(body),
  });

/** The bus refuses everything while something is done. */
const withDeadBus = async (world: World, deed: () => Promise<unknown>): Promise<void> => {
  const bus = world.bus as { put: World['bus']['put'] };
  const sound = bus.put;
  bus.put = () => Promise.reject(new Error('the bus is out of order'));
  await deed();
  bus.put = sound;
};

/** Whatever a function reads back of a public key is not what was written down. */
const withOtherPublicKeys = (world: World): void => {
  const store = world.store as { get: World['store']['get'] };
  const sound = store.get;
  store.get = async (path) => {
    const found = await sound(path);
    return found && { ...found, body: found.body.replaceAll(/"publicKeyDigest":"[0-9a-f]+"/g, `"publicKeyDigest":"${'0'.repeat(64)}"`) };
  };
};

/** Approves what waits for it, as if an earlier try had come as far as the run's announcement. */
const approved = async (world: World): Promise<void> => {
  const decisions = await world.table.list<Decision>('decision');
  const question = decisions.find(({ value }) => value.approval?.state === 'open') ?? assert.fail('nobody was asked for approval');
  const request = question.value.request ?? assert.fail('the question names no run');
  await world.table.write('run', runName(intentId(request), 1), { signal: 'approval', announcedAt: 0, controlRegion: 'us-east-2' }, 0);
  await operator(world, 'approve', { decision: question.id, reason: 'confirmed' });
};

/** What happens in a tour, by its name. */
type Tour = readonly [name: string, words: StoryWords, deeds: (world: World) => Promise<unknown>];

export const TOURS: readonly Tour[] = [
  [
    'an incident, its run, a promotion by somebody else, and the ticks after it',
    { fleets: fleet('automatic'), keys: 12 },
    async (world) => {
      await ticks(world, 1);
      await signalled(world, alarm(world, 'ALARM'));
      await runsEnd(world);
      await signalled(world, trail(world, 'no-run-of-ours', KEY_IDS[1] ?? ''));
      await ticks(world, 16);
      await operator(world, 'acknowledge', { fleet: 'payments', reason: 'looked at it' });
      await signalled(world, alarm(world, 'OK'));
    },
  ],
  [
    'a fleet that is selected by tags, drilled on schedule, called home by its alarm',
    { fleets: fleet('automatic', '{ tags: { team: payments } }'), operation: 'drill', keys: 9 },
    async (world) => {
      await ticks(world, 2);
      const scheduledTime = new Date(world.clock.now()).toISOString();
      await signalled(world, { ...DRILL_DUE, detail: { fleet: 'payments', scheduledTime } });
      await world.clock.sleep(40_000);
      await signalled(world, alarm(world, 'ALARM'));
      await runsEnd(world);
      await ticks(world, 2);
    },
  ],
  [
    'a fleet that is selected by tags, in a Region whose index of tags does not always answer',
    { fleets: fleet('automatic', '{ tags: { team: payments } }'), keys: 4, faults: ['hang,class=read,rate=60%'] },
    async (world) => {
      await ticks(world, 12);
      await started(world, requestFor('failover'));
      await ticks(world, 1);
    },
  ],
  [
    'a run that was approved, and stopped; a switch that was thrown, and taken back',
    { fleets: fleet('approve'), keys: 12 },
    async (world) => {
      await operator(world, 'switch', { set: 'on', reason: 'maintenance', hours: 1 });
      await ticks(world, 1);
      await operator(world, 'switch', { set: 'off', reason: 'done' });
      await signalled(world, trouble(world));
      await approved(world);
      await world.clock.sleep(12_000);
      await operator(world, 'stop', { fleet: 'payments', reason: 'enough' });
      await runsEnd(world);
      await ticks(world, 2);
    },
  ],
  [
    'a source that is dark for a while',
    { fleets: fleet('automatic'), keys: 12, faults: ['source-down-for=6m'] },
    async (world) => {
      await started(world, requestFor('failover'));
      await runsEnd(world);
      await ticks(world, 8);
    },
  ],
  [
    'an execution that was stopped, and closed',
    { fleets: fleet('automatic'), keys: 12 },
    async (world) => {
      const runId = await started(world, requestFor('failover'));
      await world.clock.sleep(14_000);
      world.stepFunctions.stop(runId);
      await finished(world, runId);
      await signalled(world, execution(runId, 'ABORTED'));
      await ticks(world, 8);
    },
  ],
  [
    'a bus that is out of order, and comes back',
    { fleets: fleet('automatic'), keys: 12 },
    async (world) => {
      await withDeadBus(world, async () => {
        await signalled(world, trouble(world));
        await finished(world, await started(world, requestFor('failover')));
        await operator(world, 'switch', { set: 'on', reason: 'the bus', hours: 1 });
      });
      await ticks(world, 2);
    },
  ],
  [
    'functions that die',
    { fleets: fleet('automatic'), keys: 12, faults: ['function-crash', 'throttle'] },
    async (world) => {
      const runId = await started(world, requestFor('failover'));
      await finished(world, runId);
      await ticks(world, 1);
      // A report that comes late finds the fleet in other hands.
      await started(world, requestFor('switchover'));
      await world.clock.sleep(8_000);
      await world.invoke('report', { runId }).catch(() => undefined);
      await runsEnd(world);
    },
  ],
  [
    'keys that are not the same after the move',
    { fleets: fleet('automatic', '{ all: true }'), operation: 'switchover', keys: 17 },
    async (world) => {
      withOtherPublicKeys(world);
      await finished(world, await started(world, requestFor('switchover')));
    },
  ],
  [
    'a drill from its start to its end',
    { fleets: fleet('automatic', '{ aliases: ["alias/payments/*"] }', 'standard'), operation: 'drill', keys: 28 },
    async (world) => finished(world, await started(world, requestFor('drill'))),
  ],
  [
    'things that were over long ago',
    { fleets: fleet('automatic'), keys: 4 },
    async (world) => {
      const request = requestFor('failover');
      const runId = runName(intentId(request), 1);
      const over: Intent = { ...withRun(opened(request, 0), request, runId, 0), state: 'closed' };
      await world.table.write('intent', intentId(request), over, 0);
      await world.table.write('run', runId, { announcedAt: 0 }, 0);
      await world.table.write('decision', 'payments/old', { state: 'decided', at: 0, fleet: 'payments', signal: 'an old one' }, 0);
      // Each hour the decisions of another fleet are looked through, or what was done for all of them.
      for (let minute = 0; minute < 120; minute += 1) {
        await world.clock.sleep(60_000);
        if (Math.floor(world.clock.now() / 60_000) % 60 === 41) await world.invoke('trigger', TICK);
      }
    },
  ],
  [
    'a slow fleet, whose lease has to last',
    { fleets: fleet('automatic', '{ all: true }'), keys: 8, faults: ['slow-updating', 'stale-reads'] },
    async (world) => finished(world, await started(world, requestFor('failover'))),
  ],
];

/** What the functions asked of AWS in all tours, each kind of call once, and what they measured. */
export interface Toured {
  readonly calls: readonly PortCall[];
  readonly measurements: readonly Measurement[];
  /** How often more than KMS was asked where keys are, while an intent was open: a Region may be in trouble then. */
  readonly askedMoreInTrouble: number;
}

/** A call's kind: the same for all keys, runs and items of a kind. */
const kindOf = ({ function: name, port, method, args }: PortCall): string => {
  const [first, second, third] = args;
  if (port === 'table') return [name, port, method, first].join(' ');
  if (port === 'store')
    return [
      name,
      port,
      method,
      String(first)
        .replace(/^((?:runs|evidence)\/)[^/]+/, '$1*')
        .replace(/\d+\.json$/, 'n.json'),
      third !== undefined,
    ].join(' ');
  if (port === 'tagging' || port === 'quotas') return [name, port, method, second].join(' ');
  if (port !== 'kms') return [name, port, method].join(' ');
  const key = first as { readonly region?: string };
  const nature = method === 'rehearse' || method === 'signAndVerify' ? JSON.stringify(second) : method === 'promote' ? String(second) : '';
  return [name, port, method, key.region ?? second, nature].join(' ');
};

/** Goes on every tour. */
export const tour = async (): Promise<Toured> => {
  const calls = new Map<string, PortCall>();
  const measurements: Measurement[] = [];
  let askedMoreInTrouble = 0;
  for (const [, words, deeds] of TOURS) {
    const open = new Set<unknown>();
    const watching = {
      onCall: (call: PortCall) => {
        const kind = kindOf(call);
        if (!calls.has(kind)) calls.set(kind, call);
        noteIntent(open, call);
        if ((call.port === 'tagging' || call.port === 'quotas') && open.size > 0) askedMoreInTrouble += 1;
      },
      measure: (measurement: Measurement) => measurements.push(measurement),
    };
    await inWorld({ ...words, watching }, deeds);
  }
  return { calls: [...calls.values()], measurements, askedMoreInTrouble };
};

/** Keeps the set of open intents, by what functions write of them. */
const noteIntent = (open: Set<unknown>, { port, method, args: [kind, id, value] }: PortCall): void => {
  if (port !== 'table' || method !== 'write' || kind !== 'intent') return;
  if ((value as Intent).state === 'open') open.add(id);
  else open.delete(id);
};
