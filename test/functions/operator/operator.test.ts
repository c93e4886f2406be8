import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closed, INTENT_MS_MAX, type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import type { StopSwitch } from '../../../core/decision/switch.ts';
import { intentId } from '../../../core/run/name.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { operator } from '../../../functions/operator/operator.ts';
import { createRecordingBus } from '../../../simulator/bus/recording-bus.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { executionsWith } from '../../support/executions.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

const ANNA = 'arn:aws:sts::111122223333:assumed-role/approver/anna';
const FLEETS = JSON.stringify({
  fleets: { payments: { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'] } },
});

const runtimeWithFleet = async (parts: Partial<Runtime> = {}) => {
  const bus = createRecordingBus();
  const { executions, started } = executionsWith();
  const runtime = runtimeWith({ bus, executions, ...parts });
  await runtime.store.put(FLEET_FILE, FLEETS);
  return { runtime, bus, started };
};

/** A call of the function URL, as Lambda hands it over. */
const call = (path: string, body: unknown, more: object = {}) => ({
  version: '2.0',
  rawPath: path,
  requestContext: { requestId: 'req-1', http: { method: 'POST', path }, authorizer: { iam: { userArn: ANNA, accountId: '111122223333' } } },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  isBase64Encoded: false,
  ...more,
});

const asked = async (runtime: Runtime, path: string, body: unknown, more: object = {}) => {
  const { statusCode, body: answer } = await operator(call(path, body, more), runtime);
  return { statusCode, message: String(JSON.parse(answer).message), answer: JSON.parse(answer) };
};

const OPEN_QUESTION: Decision = {
  state: 'decided',
  at: 0,
  fleet: 'payments',
  signal: 'AWS Health: AWS_KMS_OPERATIONAL_ISSUE open in us-east-1',
  request: requestWith(),
  verb: 'approve',
  why: 'the posture is approve',
  approval: { state: 'open', expiresAt: 3_600_000 },
};
const LEASE: Lease = { holder: 'payments-0-1', operation: 'failover', fence: 1, expiresAt: 100_000, released: false };

describe('the operator’s endpoint', () => {
  it('starts the run of a decision that is approved, and puts the caller on record', async () => {
    const { runtime, started, bus } = await runtimeWithFleet();
    await runtime.table.write('decision', 'payments/abc', OPEN_QUESTION, 0);

    const { statusCode, answer } = await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'confirmed on the bridge' });

    assert.equal(statusCode, 200);
    assert.deepEqual(started, [answer.runId]);
    const decision = (await runtime.table.read<Decision>('decision', 'payments/abc'))?.value;
    assert.deepEqual([decision?.approval?.state, decision?.approval?.by, decision?.runId], ['approved', ANNA, answer.runId]);
    assert.deepEqual(
      bus.events.map(({ detailType }) => detailType),
      ['Decision Made'],
    );
  });

  it('starts one run however often the same approval is sent', async () => {
    const { runtime, started } = await runtimeWithFleet();
    await runtime.table.write('decision', 'payments/abc', OPEN_QUESTION, 0);
    await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'once' });
    const again = await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'twice' });
    assert.equal(again.statusCode, 409);
    assert.match(again.message, /was used already/);
    assert.equal(started.length, 1);
  });

  it('starts no second run when the first try died after its run had made its plan', async () => {
    const { runtime, started } = await runtimeWithFleet();
    await runtime.table.write('decision', 'payments/abc', OPEN_QUESTION, 0);
    const first = await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'once' });
    const request = requestWith();
    const intent = await runtime.table.read<Intent>('intent', intentId(request));
    await runtime.table.write('intent', intentId(request), withRun(intent?.value, request, first.answer.runId, 0), intent?.version ?? 0);
    const decision = await runtime.table.read<Decision>('decision', 'payments/abc');
    const { runId: _, ...unsaid } = decision?.value ?? OPEN_QUESTION;
    await runtime.table.write('decision', 'payments/abc', unsaid, decision?.version ?? 0);

    const second = await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'twice' });

    assert.deepEqual([second.statusCode, second.answer.runId, started], [200, first.answer.runId, [first.answer.runId]]);
  });

  it('approves nothing while a stop switch is on, says what lifts it, and leaves the question open', async () => {
    const { runtime, started } = await runtimeWithFleet();
    await runtime.table.write('decision', 'payments/abc', OPEN_QUESTION, 0);
    await asked(runtime, '/switch', { set: 'on', fleet: 'payments', reason: 'freeze', hours: 1 });

    const refused = await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'now' });

    assert.equal(refused.statusCode, 409);
    assert.match(refused.message, /freeze\. What lifts it: mrk-failover switch off --fleet payments, or its end at 1970/);
    assert.deepEqual(started, []);
    await asked(runtime, '/switch', { set: 'off', fleet: 'payments', reason: 'over' });
    assert.equal((await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'now' })).statusCode, 200);
  });

  it('gives an intent that was closed its full time again', async () => {
    const clock = new VirtualClock(0);
    const { runtime } = await runtimeWithFleet({ clock });
    const request = requestWith();
    const old = closed(opened(request, -INTENT_MS_MAX), 'it took too long');
    await runtime.table.write('intent', intentId(request), old, 0);
    await runtime.table.write('decision', 'payments/abc', OPEN_QUESTION, 0);
    await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'now' });

    const { state, openedAt, closedBecause } = (await runtime.table.read<Intent>('intent', intentId(request)))?.value ?? {};
    assert.deepEqual({ state, openedAt, closedBecause }, { state: 'open', openedAt: 0, closedBecause: undefined });
  });

  it('refuses to approve what nobody asks, and starts nothing', async () => {
    const { runtime, started } = await runtimeWithFleet();
    const { statusCode, message } = await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'why not' });
    assert.equal(statusCode, 409);
    assert.match(message, /There is no decision named payments\/abc/);
    assert.deepEqual(started, []);
  });

  it('stops the run that holds a fleet', async () => {
    const { runtime } = await runtimeWithFleet();
    await runtime.table.write('lease', 'payments', LEASE, 0);
    const { statusCode, message } = await asked(runtime, '/stop', { fleet: 'payments', reason: 'wrong fleet' });
    assert.equal(statusCode, 200);
    assert.match(message, /stopped run payments-0-1 \(failover\) of fleet payments: wrong fleet/);
    assert.equal((await runtime.table.read<Lease>('lease', 'payments'))?.value.stoppedBy, ANNA);
  });

  it('says so when it finds nothing to stop, and leaves an order for a plan that is being made out of its sight', async () => {
    const { runtime } = await runtimeWithFleet({ clock: new VirtualClock(5_000) });
    await runtime.table.write('lease', 'payments', { ...LEASE, released: true }, 0);

    const { message } = await asked(runtime, '/stop', { fleet: 'payments', reason: 'x' });

    assert.match(message, /^\S+ asked to stop what is under way for fleet payments: x\. No run holds fleet payments/);
    assert.match(message, /No run holds fleet payments, and no intent of it is open: nothing was found to stop\./);
    assert.match(
      message,
      /A run that a person started before 1970-01-01T00:00:05Z and that makes its plan still ends before it calls for a key\./,
    );
    assert.match(message, /mrk-failover switch on --fleet payments keeps it from starting\.$/);
    const history = (await runtime.table.read<FleetHistory>('fleet', 'payments'))?.value;
    assert.deepEqual(history?.stopped, { by: ANNA, at: 5_000, reason: 'x' });
  });

  it('stops a run that was started and has no plan yet: closes its intent, and uses its name up', async () => {
    const { runtime, started } = await runtimeWithFleet();
    await runtime.table.write('decision', 'payments/abc', OPEN_QUESTION, 0);
    const { answer } = await asked(runtime, '/approve', { decision: 'payments/abc', reason: 'go' });

    const stopped = await asked(runtime, '/stop', { fleet: 'payments', reason: 'no, wait' });

    assert.equal(stopped.answer.runId, answer.runId);
    assert.match(stopped.message, new RegExp(`Run ${answer.runId} .* had no plan yet, ends before it calls for a key`));
    const { state, runs, closedBecause } = (await runtime.table.read<Intent>('intent', intentId(requestWith())))?.value ?? {};
    assert.deepEqual([state, runs, closedBecause], ['closed', started, `${ANNA} stopped it: no, wait`]);
  });

  it('closes an intent that waits for its next run, and leaves those of other fleets alone', async () => {
    const { runtime } = await runtimeWithFleet();
    const other = requestWith({ fleet: 'ledger' });
    await runtime.table.write('intent', 'payments-0', withRun(undefined, requestWith(), 'payments-0-1', 0), 0);
    await runtime.table.write('intent', 'ledger-0', withRun(undefined, other, 'ledger-0-1', 0), 0);

    const { message } = await asked(runtime, '/stop', { fleet: 'payments', reason: 'enough' });

    assert.match(message, /Intent payments-0 \(failover from us-east-1 to us-west-2\) is closed: no further run of it starts by itself\./);
    const states = (await runtime.table.list<Intent>('intent')).map(({ value }) => value.state);
    assert.deepEqual(states, ['open', 'closed']);
  });

  it('leaves the intent of the run that it stops to that run’s report', async () => {
    const { runtime } = await runtimeWithFleet();
    await runtime.table.write('lease', 'payments', LEASE, 0);
    await runtime.table.write('intent', 'payments-0', withRun(undefined, requestWith(), LEASE.holder, 0), 0);

    await asked(runtime, '/stop', { fleet: 'payments', reason: 'enough' });

    assert.equal((await runtime.table.read<Intent>('intent', 'payments-0'))?.value.state, 'open');
  });

  it('closes the intent of a run that gave the fleet back while it was being stopped', async () => {
    const { runtime } = await runtimeWithFleet();
    await runtime.table.write('lease', 'payments', LEASE, 0);
    await runtime.table.write('intent', 'payments-0', withRun(undefined, requestWith(), LEASE.holder, 0), 0);
    const list: Runtime['table']['list'] = async (...some) => {
      const found = await runtime.table.list<never>(...some);
      await runtime.table.write('lease', 'payments', { ...LEASE, released: true }, 1);
      return found;
    };

    await asked({ ...runtime, table: { ...runtime.table, list } }, '/stop', { fleet: 'payments', reason: 'enough' });

    assert.equal((await runtime.table.read<Intent>('intent', 'payments-0'))?.value.state, 'closed');
  });

  it('lets a drill that died bring its keys home, and says so', async () => {
    const { runtime } = await runtimeWithFleet();
    const drill = withRun(undefined, requestWith({ operation: 'drill' }), 'payments-0-1', 0);
    await runtime.table.write('intent', 'payments-0', drill, 0);

    const { message } = await asked(runtime, '/stop', { fleet: 'payments', reason: 'enough' });

    assert.match(message, /stays open: the drill may have keys away, and its next run only brings them home/);
    assert.equal((await runtime.table.read<Intent>('intent', 'payments-0'))?.value.state, 'open');
  });

  it('throws a switch with owner, reason and end, and takes it back', async () => {
    const { runtime } = await runtimeWithFleet();
    const on = await asked(runtime, '/switch', { set: 'on', fleet: 'payments', reason: 'migration', hours: 2 });
    assert.match(on.message, /threw the stop switch of fleet payments until 1970-01-01T02:00:00/);
    const thrown = (await runtime.table.read<StopSwitch>('switch', 'fleet/payments'))?.value;
    assert.deepEqual([thrown?.owner, thrown?.reason, thrown?.expiresAt], [ANNA, 'migration', 7_200_000]);

    assert.equal((await asked(runtime, '/switch', { set: 'off', fleet: 'payments', reason: 'done' })).statusCode, 200);
    const again = await asked(runtime, '/switch', { set: 'off', fleet: 'payments', reason: 'done' });
    assert.match(again.message, /There is nothing to take back/);
  });

  it('keeps the later end when a switch that is on is thrown anew for a shorter time', async () => {
    const { runtime } = await runtimeWithFleet();
    await asked(runtime, '/switch', { set: 'on', reason: 'the migration', hours: 24 });
    const again = await asked(runtime, '/switch', { set: 'on', reason: 'a look', hours: 1 });

    assert.equal(again.answer.until, '1970-01-02T00:00:00Z');
    assert.equal((await runtime.table.read<StopSwitch>('switch', 'global'))?.value.expiresAt, 24 * 3_600_000);
  });

  it('keeps the global switch apart from those of the fleets', async () => {
    const { runtime } = await runtimeWithFleet();
    await asked(runtime, '/switch', { set: 'on', reason: 'change freeze', hours: 1 });
    assert.equal((await runtime.table.read<StopSwitch>('switch', 'global'))?.value.scope, 'global');
    assert.equal(await runtime.table.read('switch', 'fleet/payments'), undefined);
  });

  it('acknowledges the last move of a fleet', async () => {
    const { runtime } = await runtimeWithFleet();
    const lastMove = {
      runId: 'payments-0-1',
      intent: 'payments-0',
      operation: 'failover',
      source: SOURCE,
      target: TARGET,
      incident: 'INC-1',
      start: 'signal',
      endedAt: 0,
    } as const;
    await runtime.table.write('fleet', 'payments', { lastMove } satisfies FleetHistory, 0);
    assert.equal((await asked(runtime, '/acknowledge', { fleet: 'payments', reason: 'looked at' })).statusCode, 200);
    const history = (await runtime.table.read<FleetHistory>('fleet', 'payments'))?.value;
    assert.deepEqual(history?.acknowledged, { runId: 'payments-0-1', by: ANNA, at: 0 });
  });

  it('has nothing to acknowledge for a fleet that never moved', async () => {
    const { runtime } = await runtimeWithFleet();
    assert.match((await asked(runtime, '/acknowledge', { fleet: 'payments', reason: 'x' })).message, /There is nothing to acknowledge/);
  });

  const wrong: ReadonlyArray<readonly [string, string, unknown, object, number, RegExp]> = [
    ['a path that is no right', '/start', {}, {}, 404, /Expected one of the paths \/approve, \/stop, \/acknowledge, \/switch; got \/start/],
    ['a body that is no JSON', '/stop', 'stop it', {}, 400, /expected a JSON object as body; got "stop it"/],
    ['a body that is no object', '/stop', [], {}, 400, /stop: expected an object with the fields fleet, reason; got an empty list\./],
    [
      'a misspelt field',
      '/stop',
      { fleet: 'payments', reasn: 'x' },
      {},
      400,
      /reasn: is not a field of stop; expected an object with the fields fleet, reason\./,
    ],
    ['a missing reason', '/stop', { fleet: 'payments' }, {}, 400, /reason: expected the reason, for the record; got nothing/],
    ['a fleet that does not exist', '/stop', { fleet: 'ledger', reason: 'x' }, {}, 404, /no fleet named "ledger"; it has payments/],
    ['a switch without an end', '/switch', { set: 'on', reason: 'x' }, {}, 400, /hours: expected for how many hours/],
    ['a switch for a year', '/switch', { set: 'on', reason: 'x', hours: 8_760 }, {}, 400, /hours: .*up to 720; got the number 8760/],
    [
      'a switch that is neither on nor off',
      '/switch',
      { set: 'of', reason: 'x' },
      {},
      400,
      /set: expected set to be "on" or "off"; got "of"/,
    ],
    ['a body without end', '/stop', `{"fleet": "${'x'.repeat(9_000)}"}`, {}, 400, /at most 8192 characters/],
  ];
  for (const [what, path, body, more, status, words] of wrong)
    it(`refuses ${what} in a sentence, and changes nothing`, async () => {
      const { runtime, bus } = await runtimeWithFleet();
      const { statusCode, message } = await asked(runtime, path, body, more);
      assert.equal(statusCode, status);
      assert.match(message, words);
      assert.deepEqual(bus.events, []);
      assert.deepEqual(await runtime.table.list('switch'), []);
    });

  it('does nothing for a caller that IAM has not authenticated', async () => {
    const { runtime } = await runtimeWithFleet();
    const requestContext = { requestId: 'req-1', http: { method: 'POST', path: '/stop' } };
    const { statusCode, message } = await asked(runtime, '/stop', { fleet: 'payments', reason: 'x' }, { requestContext });
    assert.equal(statusCode, 403);
    assert.match(message, /nothing was done/);
  });

  it('reads a body that Lambda has encoded', async () => {
    const { runtime } = await runtimeWithFleet();
    const body = Buffer.from(JSON.stringify({ fleet: 'payments', reason: 'x' })).toString('base64');
    assert.match((await asked(runtime, '/stop', body, { isBase64Encoded: true })).message, /nothing was found to stop/);
  });

  it('answers in a sentence when the table is out of order', async () => {
    const { runtime } = await runtimeWithFleet();
    const table = { ...runtime.table, read: async () => Promise.reject(new Error('the table is out of order')) };
    const { statusCode, message } = await asked({ ...runtime, table }, '/stop', { fleet: 'payments', reason: 'x' });
    assert.equal(statusCode, 500);
    assert.match(message, /was not brought to its end: Error: the table is out of order\. It may be asked again/);
  });
});
