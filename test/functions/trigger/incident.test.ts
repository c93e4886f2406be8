import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { LIFECYCLE_EVENTS } from '../../../core/events/lifecycle.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../core/limits.ts';
import type { Region } from '../../../core/region.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { StillDecidingError } from '../../../functions/trigger/claim.ts';
import { MINUTE_MS } from '../../support/deciders.ts';
import { dyingAt } from '../../support/dying.ts';
import { fleetsOf, incidentWorld } from '../../support/incident-world.ts';
import { failing, SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { requestWith, runWith } from '../../support/runs.ts';
import { healthClosing, healthSignal } from '../../support/signals.ts';

/** Tags are told by one Region only: those of replicas are their own, and there are none. */
const taggedIn =
  (where: Region) =>
  ({ kms }: Runtime): Partial<Runtime> => ({
    kms: {
      ...kms,
      tags: async (key) => {
        const told = await kms.tags(key);
        return told.kind === 'tags' ? { ...told, tags: key.region === where ? { app: 'payments' } : {} } : told;
      },
    },
  });

describe('An incident that probes confirm', () => {
  it('starts a run, whose intent, note and decision are on record', async () => {
    const { say, list, first, told } = await incidentWorld({ moods: { [SOURCE]: 'slow' } });

    const { decision, rule, runId, record } = await say(healthSignal());

    assert.deepEqual([decision, rule], ['start', 'SOURCE_DEGRADED']);
    assert.deepEqual(first.started, [runId]);
    const [intent] = await list<Intent>('intent');
    assert.deepEqual([intent?.state, intent?.runs, intent?.request.target], ['open', [], TARGET]);
    const [announced] = await list<AnnouncedRun>('run');
    assert.deepEqual([announced?.start, announced?.source, announced?.decision], ['signal', SOURCE, record]);
    const [onRecord] = await list<Decision>('decision');
    assert.deepEqual([onRecord?.state, onRecord?.verb, onRecord?.runId], ['decided', 'start', runId]);
    assert.ok((onRecord?.judgement?.answers.length ?? 0) > 5);
    assert.equal(told('Decision Made').length, 1);
  });

  it('starts a run out of a Region that answers nobody, and says that keys will be parked', async () => {
    const { say } = await incidentWorld({ moods: { [SOURCE]: 'dark' } });

    const { decision, rule, why } = await say(healthSignal());

    assert.deepEqual([decision, rule], ['start', 'SOURCE_UNREACHABLE']);
    assert.match(why, /keys will be parked/);
  });

  it('is decided within seconds when the Region answers, and within half a minute when it does not', async () => {
    for (const [mood, secondsMax] of [
      ['slow', 6],
      ['dark', 30],
    ] as const) {
      const { say, clock } = await incidentWorld({ moods: { [SOURCE]: mood } });
      const began = clock.now();
      await say(healthSignal());

      assert.ok(clock.now() - began <= secondsMax * 1_000, `${mood}: ${clock.now() - began} ms`);
    }
  });

  it('of a fleet that nobody has listed yet is decided after a listing, which is kept', async () => {
    const { say, first, clock } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, isListed: false });

    assert.equal((await say(healthSignal())).decision, 'start');
    assert.ok((await clock.run(first.runtime.store.get('inventory/payments.json'))) !== undefined);
  });

  it('of a fleet that nobody has listed yet is decided as soon as its dark Region has answered no probe', async () => {
    const { say, clock } = await incidentWorld({ moods: { [SOURCE]: 'dark' }, isListed: false });
    const began = clock.now();

    assert.equal((await say(healthSignal())).rule, 'SOURCE_UNREACHABLE');
    assert.ok(clock.now() - began <= 15_000, `${clock.now() - began} ms`);
  });

  it('of a fleet whose tags only the source knows is decided on its keys all the same, though nobody has listed them', async () => {
    const fleet = { keys: { tags: { app: 'payments' } } };
    const { say } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, isListed: false, fleet, change: taggedIn(SOURCE) });

    const { decision, rule } = await say(healthSignal());

    assert.deepEqual([decision, rule], ['start', 'SOURCE_DEGRADED']);
  });

  it('is decided in the function’s time when nobody has listed the fleet and the only Region that knows its tags is dark', async () => {
    const fleet = { keys: { tags: { app: 'payments' } } };
    const { say, clock } = await incidentWorld({ moods: { [SOURCE]: 'dark' }, isListed: false, fleet, change: taggedIn(SOURCE) });
    const began = clock.now();

    assert.deepEqual((await say(healthSignal())).decision, 'approve');
    assert.ok(clock.now() - began < FUNCTION_TIMEOUT_SECONDS.trigger * 1_000, `${clock.now() - began} ms`);
  });

  it('of a fleet that has no keys is listed for once in ten minutes, however often the tick looks', async () => {
    let listings = 0;
    const counted = ({ kms }: Runtime): Partial<Runtime> => ({
      kms: {
        ...kms,
        listKeys: (...asked) => {
          listings += 1;
          return kms.listKeys(...asked);
        },
      },
    });
    const { say, tick } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, isListed: false, keys: 0, change: counted });
    await say(healthSignal());
    for (let minute = 0; minute < 9; minute += 1) await tick();
    assert.equal(listings, 3);
    await tick(2);

    assert.ok(listings > 3);
  });

  it('goes to the next standby when the first is in trouble too', async () => {
    const { say, list } = await incidentWorld({ moods: { [SOURCE]: 'slow', [TARGET]: 'slow' } });
    await say(healthSignal());

    assert.deepEqual(
      (await list<Intent>('intent')).map(({ request }) => request.target),
      [THIRD],
    );
  });

  it('says of a target in trouble that it is, and not that its keys could not be moved', async () => {
    const { say, moods, clock, table } = await incidentWorld();
    await say(healthSignal(1, 0, { eventRegion: THIRD, eventArn: 'arn:aws:health:eu-west-1::event/KMS/other' }));
    moods.set(SOURCE, 'slow').set(TARGET, 'slow');
    const { rule, record } = await say(healthSignal(2));

    assert.equal(rule, 'TARGET_IMPAIRED');
    const answers = (await clock.run(table.read<Decision>('decision', record)))?.value.judgement?.answers ?? [];
    assert.equal(answers.find(({ guard }) => guard === 'enough-eligible')?.kind, 'pass');
  });

  it('has one run, whatever target a later communication would choose', async () => {
    const { say, list, moods, first } = await incidentWorld({ moods: { [SOURCE]: 'slow' } });
    const { runId } = await say(healthSignal(1));
    moods.set(TARGET, 'slow');
    const later = await say(healthSignal(2, 1));

    assert.deepEqual([later.rule, later.runId], ['ALREADY_STARTED', runId]);
    assert.equal(first.started.length, 1);
    assert.equal((await list<Intent>('intent')).length, 1);
  });

  it('is said to be known when it is delivered again', async () => {
    const { say } = await incidentWorld({ moods: { [SOURCE]: 'slow' } });
    const { runId } = await say(healthSignal());

    assert.deepEqual(await say(healthSignal()).then((again) => [again.decision, again.rule, again.runId]), ['ignore', 'DUPLICATE', runId]);
  });

  it('is told to its intent when it is over', async () => {
    const { say, list, clock } = await incidentWorld({ moods: { [SOURCE]: 'slow' } });
    await say(healthSignal(1));
    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, undefined);
    await clock.run(clock.sleep(6 * MINUTE_MS));
    await say(healthClosing(2, 5));

    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, Date.parse('2026-10-20T07:58:00Z'));
  });
});

describe('An incident that was over and goes on again', () => {
  const reopenedAfterItsRun = async () => {
    const made = await incidentWorld({ moods: { [SOURCE]: 'slow' } });
    const { say, clock, table, tick } = made;
    const { runId = '' } = await say(healthSignal(1));
    const [intent] = await clock.run(table.list<Intent>('intent'));
    assert.ok(intent !== undefined);
    await clock.run(table.write('intent', intent.id, { ...intent.value, state: 'closed', runs: [runId] }, intent.version));
    await say(healthClosing(2, 5));
    await tick(10);
    return made;
  };

  it('is put to a person when the fleet is there, once, and starts nothing by itself', async () => {
    const { say, tick, told, first } = await reopenedAfterItsRun();
    const { decision, rule, why } = await say(healthSignal(3, 10));
    await say(healthSignal(4, 11));
    await tick();

    assert.deepEqual([decision, rule], ['approve', 'INCIDENT_REOPENED']);
    assert.match(why, /goes on again, and run payments-[0-9a-f]{16}-1 was started for it then/);
    assert.deepEqual([told('Approval Requested').length, first.started.length], [1, 1]);
  });

  it('is looked at again by the tick when its Region seemed well', async () => {
    const { say, tick, moods, first } = await reopenedAfterItsRun();
    moods.set(SOURCE, 'well');
    await tick(4);
    assert.equal((await say(healthSignal(3, 14))).rule, 'SOURCE_HEALTHY');
    moods.set(SOURCE, 'slow');

    assert.deepEqual(
      (await tick()).map(({ decision, rule }) => [decision, rule]),
      [['approve', 'INCIDENT_REOPENED']],
    );
    assert.equal(first.started.length, 1);
  });
});

describe('An incident that cannot be judged', () => {
  it('is put to a person, with all that they need, once for all of its communications', async () => {
    const { say, told, list, tick } = await incidentWorld({ moods: { [SOURCE]: 'denied' } });
    const { decision, rule, record } = await say(healthSignal(1));
    const again = await say(healthSignal(2, 1));
    await tick();

    assert.deepEqual([decision, rule], ['approve', 'SOURCE_UNKNOWN']);
    assert.equal(again.decision, 'approve');
    assert.match(again.why, new RegExp(`asked already, in decision ${record}`));
    const [event, ...others] = told('Approval Requested');
    assert.deepEqual(others, []);
    assert.deepEqual(LIFECYCLE_EVENTS['Approval Requested'].safeParse(event?.detail).error?.issues, undefined);
    assert.deepEqual(
      (await list<Decision>('decision')).flatMap(({ approval }) => approval?.state ?? []),
      ['open'],
    );
  });

  it('is taken back from the person when it is over', async () => {
    const { say, list } = await incidentWorld({ moods: { [SOURCE]: 'denied' } });
    await say(healthSignal(1));
    await say(healthClosing(2, 3));

    const [approval] = (await list<Decision>('decision')).flatMap((decision) => decision.approval ?? []);
    assert.deepEqual([approval?.state, approval?.by], ['withdrawn', 'its incident is over']);
  });

  it('is not put to anybody when its end was told first', async () => {
    const { say, told } = await incidentWorld({ moods: { [SOURCE]: 'denied' } });
    await say(healthClosing(2, 0));
    const { decision, rule } = await say(healthSignal(1, -1));

    assert.deepEqual([decision, rule], ['ignore', 'ENDED']);
    assert.deepEqual(told('Approval Requested'), []);
  });

  it('is not decided again when a person has approved it', async () => {
    const { say, clock, table, tick, moods, first } = await incidentWorld({ moods: { [SOURCE]: 'denied' } });
    const { record } = await say(healthSignal(1));
    const asked = await clock.run(table.read<Decision>('decision', record));
    assert.ok(asked?.value.approval !== undefined);
    const approval = { ...asked.value.approval, state: 'approved', by: 'anna' } as const;
    await clock.run(table.write('decision', record, { ...asked.value, approval }, asked.version));
    moods.set(SOURCE, 'slow').set(TARGET, 'slow');
    await tick();
    const later = await say(healthSignal(2, 2));

    assert.equal(later.rule, 'INTENT_GOES_ON');
    assert.equal(first.started.length, 1);
    // Or else its plan would ask the guards as if a signal had started it.
    const [announced] = (await clock.run(table.list<AnnouncedRun>('run'))).map(({ value }) => value);
    assert.deepEqual([announced?.start, announced?.approvedBy], ['approval', 'anna']);
  });
});

describe('A decider that dies', () => {
  for (const [kind, nth] of [
    ['decision', 1],
    ['watch', 1],
    ['watch', 2],
    ['intent', 1],
    ['run', 1],
    ['decision', 2],
  ] as const)
    for (const when of ['before', 'after'] as const)
      it(`${when} it writes ${kind} ${nth} is followed by one that goes on, and one run is started`, async () => {
        const { give, say, clock, first, list } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, change: dyingAt(kind, when, nth) });
        await assert.rejects(give(healthSignal()), /killed/);
        const isClaimed = !(kind === 'watch' && nth === 1) && !(kind === 'decision' && nth === 1 && when === 'before');
        if (isClaimed) {
          if (kind === 'decision' && nth === 2 && when === 'after') assert.equal((await say(healthSignal())).rule, 'DUPLICATE');
          else await assert.rejects(give(healthSignal()), StillDecidingError);
        }
        await clock.run(clock.sleep(MINUTE_MS));
        const { runId } = await say(healthSignal());

        assert.deepEqual(first.started, [runId]);
        assert.deepEqual(
          (await list<Decision>('decision')).map(({ state, verb }) => [state, verb]),
          [['decided', 'start']],
        );
      });
});

describe('An incident that is dated hours ahead', () => {
  it('is over for fleets as soon as its source says so', async () => {
    const { say, tick, moods, first } = await incidentWorld();
    await say(healthSignal(1, 300));
    await tick();
    await say(healthClosing(2, 1));
    moods.set(SOURCE, 'slow');
    await tick();

    assert.deepEqual(first.started, []);
  });
});

describe('A decider that dies over the end of an incident', () => {
  it('is followed by one that tells the intent of it', async () => {
    let isDying = false;
    const change = ({ table }: Runtime): Partial<Runtime> => ({
      table: {
        ...table,
        write: (kind, id, value, ifVersion) =>
          isDying && kind === 'intent' ? Promise.reject(new Error('killed')) : table.write(kind, id, value, ifVersion),
      },
    });
    const { give, say, list, clock } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, change });
    await say(healthSignal(1));
    await clock.run(clock.sleep(3 * MINUTE_MS));
    isDying = true;
    await assert.rejects(give(healthClosing(2, 3)), /killed/);
    isDying = false;
    await clock.run(clock.sleep(MINUTE_MS));
    await say(healthClosing(2, 3));

    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, Date.parse('2026-10-20T07:56:00Z'));
  });
});

describe('An incident of no concern', () => {
  it('is on record with its reason, and asks KMS nothing', async () => {
    const { give, first, list } = await incidentWorld({
      change: ({ kms }) => ({ kms: { ...kms, probe: () => assert.fail('KMS was asked'), describe: () => assert.fail('KMS was asked') } }),
    });
    await give(healthSignal(1, 0, { service: 'EC2' }));
    await give(healthSignal(2, 0, { eventTypeCategory: 'scheduledChange' }));
    await give(healthSignal(3, 0, { eventRegion: 'ap-southeast-2' }));

    assert.deepEqual((await list<Decision>('decision')).map(({ rule }) => rule).toSorted(), ['NOT_AN_ISSUE', 'SERVICE_NOT_WATCHED']);
    assert.deepEqual(first.started, []);
  });

  it('is one in a Region where the fleet has no primaries, which is no shelter either', async () => {
    const { say, moods, list } = await incidentWorld();
    moods.set(TARGET, 'slow');
    assert.equal((await say(healthSignal(1, 0, { eventRegion: TARGET, eventArn: 'arn:other' }))).rule, 'NO_PRIMARIES_THERE');
    moods.set(SOURCE, 'slow').set(TARGET, 'well');
    await say(healthSignal(2));

    assert.deepEqual(
      (await list<Intent>('intent')).map(({ request }) => request.target),
      [THIRD],
    );
  });
});

describe('A few keys that an earlier run left in the Region in trouble', () => {
  it('are found among a hundred, though a sample of twenty has none of them', async () => {
    const { say, keys, primaries } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, keys: 100 });
    for (const { keyId } of keys.filter((_, index) => index !== 96 && index !== 98)) primaries.set(keyId, TARGET);

    const { decision, rule } = await say(healthSignal());

    assert.deepEqual([decision, rule], ['start', 'SOURCE_DEGRADED']);
  });

  it('are looked for again by the tick where not every key could be looked at, and no more is said than was seen', async () => {
    let isDenied = true;
    const change = ({ kms }: Runtime): Partial<Runtime> => ({
      kms: { ...kms, describe: async (key) => (isDenied && key.keyId === last ? failing('throttled') : kms.describe(key)) },
    });
    const { say, tick, keys, primaries, first } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, keys: 30, change });
    const last = keys.at(-1)?.keyId ?? '';
    for (const { keyId } of keys.slice(0, -1)) primaries.set(keyId, TARGET);
    const { decision, rule, why } = await say(healthSignal());
    assert.deepEqual([decision, rule], ['observe', 'NONE_SEEN_THERE']);
    assert.match(
      why,
      /^None of the 29 keys of fleet payments that were looked at has its primary in us-east-1; of 1 more it is not known yet\.$/,
    );
    assert.deepEqual(await tick(), []);
    isDenied = false;
    const [found] = await tick();

    assert.deepEqual([found?.decision, found?.runId], ['start', first.started[0]]);
  });
});

describe('Keys that a switchover brings into a Region in trouble', () => {
  it('are waited for by the tick, which takes the fleet from the switchover when they are there', async () => {
    const { say, tick, keys, primaries, first, clock, table } = await incidentWorld({ moods: { [TARGET]: 'slow' } });
    const request = requestWith({ operation: 'switchover', incident: 'CHG-1' });
    const runId = runName(intentId(request), 1);
    const lease: Lease = { holder: runId, operation: 'switchover', fence: 1, expiresAt: clock.now() + 5 * MINUTE_MS, released: false };
    await clock.run(Promise.all([createRun(first.runtime, runWith({ runId, request })), table.write('lease', 'payments', lease, 0)]));

    const { rule, why } = await say(healthSignal(1, 0, { eventRegion: TARGET }));
    assert.equal(rule, 'NONE_SEEN_THERE');
    assert.match(why, /yet, and a run is bringing some there\.$/);
    for (const { keyId } of keys) primaries.set(keyId, TARGET);
    const [found] = await tick();

    assert.deepEqual([found?.decision, found?.rule, found?.runId], ['start', 'SOURCE_DEGRADED', first.started[0]]);
  });
});

describe('A fleet that cannot be decided for', () => {
  it('does not keep the others from being decided for, and is decided by the next delivery', async () => {
    let isBroken = true;
    const change = ({ table }: Runtime): Partial<Runtime> => ({
      table: {
        ...table,
        read: (kind, id) =>
          isBroken && kind === 'decision' && id.startsWith('broken/') ? Promise.reject(new Error('no table today')) : table.read(kind, id),
      },
    });
    const { give, first, clock } = await incidentWorld({ moods: { [SOURCE]: 'slow' }, change });
    const fleet = { accounts: ['111122223333'], home: SOURCE, standbys: [TARGET], posture: 'automatic', keys: { all: true } };
    const other = { ...fleet, accounts: ['444455556666'] };
    await clock.run(first.runtime.store.put(FLEET_FILE, JSON.stringify({ fleets: { broken: other, payments: fleet } })));
    await assert.rejects(give(healthSignal()), /no table today/);
    assert.equal(first.started.length, 1);
    isBroken = false;

    assert.deepEqual(
      fleetsOf(await give(healthSignal())).map(({ fleet: name, rule }) => [name, rule === 'DUPLICATE']),
      [
        ['broken', false],
        ['payments', true],
      ],
    );
  });
});
