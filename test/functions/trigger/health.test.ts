import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { FleetWatch } from '../../../core/coordination/watch.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { LIFECYCLE_EVENTS } from '../../../core/events/lifecycle.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../core/limits.ts';
import type { Region } from '../../../core/region.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import { TICK } from '../../../core/signal/parse.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { StillDecidingError } from '../../../functions/trigger/claim.ts';
import { recordId } from '../../../functions/trigger/record-id.ts';
import type { FleetVerdict } from '../../../functions/trigger/settle.ts';
import { type TriggerAnswer, trigger } from '../../../functions/trigger/trigger.ts';
import { type DecidersOptions, deciders, MINUTE_MS } from '../../support/deciders.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';
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

const fleetsOf = (answer: TriggerAnswer): readonly FleetVerdict[] => ('fleets' in answer ? answer.fleets : []);

const world = async (options: DecidersOptions = {}) => {
  const made = await deciders(options);
  const { clock, table, first, give } = made;
  const list = async <T>(kind: 'decision' | 'intent' | 'run') => (await clock.run(table.list<T>(kind))).map(({ value }) => value);
  const say = async (event: unknown): Promise<FleetVerdict> => {
    const [verdict] = fleetsOf(await give(event));
    return verdict ?? assert.fail('no fleet was decided about');
  };
  const tick = async (minutes = 1): Promise<readonly FleetVerdict[]> => {
    await clock.run(clock.sleep(minutes * MINUTE_MS));
    return fleetsOf(await give(TICK));
  };
  const told = (type: string) => first.bus.events.filter(({ detailType }) => detailType === type);
  return { ...made, list, say, tick, told };
};

describe('An incident that probes confirm', () => {
  it('starts a run, whose intent, note and decision are on record', async () => {
    const { say, list, first, told } = await world({ moods: { [SOURCE]: 'slow' } });

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
    const { say } = await world({ moods: { [SOURCE]: 'dark' } });

    const { decision, rule, why } = await say(healthSignal());

    assert.deepEqual([decision, rule], ['start', 'SOURCE_UNREACHABLE']);
    assert.match(why, /keys will be parked/);
  });

  it('is decided within seconds when the Region answers, and within half a minute when it does not', async () => {
    for (const [mood, secondsMax] of [
      ['slow', 6],
      ['dark', 30],
    ] as const) {
      const { say, clock } = await world({ moods: { [SOURCE]: mood } });
      const began = clock.now();
      await say(healthSignal());

      assert.ok(clock.now() - began <= secondsMax * 1_000, `${mood}: ${clock.now() - began} ms`);
    }
  });

  it('of a fleet that nobody has listed yet is decided after a listing, which is kept', async () => {
    const { say, first, clock } = await world({ moods: { [SOURCE]: 'slow' }, isListed: false });

    assert.equal((await say(healthSignal())).decision, 'start');
    assert.ok((await clock.run(first.runtime.store.get('inventory/payments.json'))) !== undefined);
  });

  it('of a fleet whose tags only the source knows is decided on its keys all the same, though nobody has listed them', async () => {
    const fleet = { keys: { tags: { app: 'payments' } } };
    const { say } = await world({ moods: { [SOURCE]: 'slow' }, isListed: false, fleet, change: taggedIn(SOURCE) });

    const { decision, rule } = await say(healthSignal());

    assert.deepEqual([decision, rule], ['start', 'SOURCE_DEGRADED']);
  });

  it('is decided in the function’s time when nobody has listed the fleet and the only Region that knows its tags is dark', async () => {
    const fleet = { keys: { tags: { app: 'payments' } } };
    const { say, clock } = await world({ moods: { [SOURCE]: 'dark' }, isListed: false, fleet, change: taggedIn(SOURCE) });
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
    const { say, tick } = await world({ moods: { [SOURCE]: 'slow' }, isListed: false, keys: 0, change: counted });
    await say(healthSignal());
    for (let minute = 0; minute < 9; minute += 1) await tick();
    assert.equal(listings, 3);
    await tick(2);

    assert.ok(listings > 3);
  });

  it('goes to the next standby when the first is in trouble too', async () => {
    const { say, list } = await world({ moods: { [SOURCE]: 'slow', [TARGET]: 'slow' } });
    await say(healthSignal());

    assert.deepEqual(
      (await list<Intent>('intent')).map(({ request }) => request.target),
      [THIRD],
    );
  });

  it('says of a target in trouble that it is, and not that its keys could not be moved', async () => {
    const { say, moods, clock, table } = await world();
    await say(healthSignal(1, 0, { eventRegion: THIRD, eventArn: 'arn:aws:health:eu-west-1::event/KMS/other' }));
    moods.set(SOURCE, 'slow').set(TARGET, 'slow');
    const { rule, record } = await say(healthSignal(2));

    assert.equal(rule, 'TARGET_IMPAIRED');
    const answers = (await clock.run(table.read<Decision>('decision', record)))?.value.judgement?.answers ?? [];
    assert.equal(answers.find(({ guard }) => guard === 'enough-eligible')?.kind, 'pass');
  });

  it('has one run, whatever target a later communication would choose', async () => {
    const { say, list, moods, first } = await world({ moods: { [SOURCE]: 'slow' } });
    const { runId } = await say(healthSignal(1));
    moods.set(TARGET, 'slow');
    const later = await say(healthSignal(2, 1));

    assert.deepEqual([later.rule, later.runId], ['ALREADY_STARTED', runId]);
    assert.equal(first.started.length, 1);
    assert.equal((await list<Intent>('intent')).length, 1);
  });

  it('is said to be known when it is delivered again', async () => {
    const { say } = await world({ moods: { [SOURCE]: 'slow' } });
    const { runId } = await say(healthSignal());

    assert.deepEqual(await say(healthSignal()).then((again) => [again.decision, again.rule, again.runId]), ['ignore', 'DUPLICATE', runId]);
  });

  it('is told to its intent when it is over', async () => {
    const { say, list } = await world({ moods: { [SOURCE]: 'slow' } });
    await say(healthSignal(1));
    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, undefined);
    await say(healthClosing(2, 5));

    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, Date.parse('2026-10-20T07:58:00Z'));
  });
});

describe('An incident that was over and goes on again', () => {
  const reopenedAfterItsRun = async () => {
    const made = await world({ moods: { [SOURCE]: 'slow' } });
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

describe('An incident that probes do not see', () => {
  it('starts nothing, is watched, and starts one run when a tick sees it', async () => {
    const { say, tick, moods, first, list } = await world();
    const { decision, rule } = await say(healthSignal());
    assert.deepEqual([decision, rule], ['observe', 'SOURCE_HEALTHY']);
    assert.deepEqual(await tick(), []);
    moods.set(SOURCE, 'slow');
    const [seen] = await tick();
    await tick();

    assert.deepEqual([seen?.decision, seen?.rule, seen?.runId], ['start', 'SOURCE_DEGRADED', first.started[0]]);
    assert.equal(first.started.length, 1);
    assert.equal((await list<Decision>('decision')).length, 2);
  });

  it('starts one run when the ticks of two control Regions see it at the same moment', async () => {
    for (const seed of [1, 2, 3]) {
      const { say, moods, clock, all } = await world({ controlRegions: ['us-east-2', 'eu-central-1'], seed });
      await say(healthSignal());
      moods.set(SOURCE, 'slow');
      for (let minute = 0; minute < 3; minute += 1) {
        await clock.run(clock.sleep(MINUTE_MS));
        await clock.run(Promise.all(all.map(({ runtime }) => trigger(TICK, runtime))));
      }

      assert.equal(all.flatMap(({ started }) => started).length, 1, `seed ${seed}`);
    }
  });

  it('starts its run also when a tick that died, or one elsewhere, put another answer on record and nobody noted it', async () => {
    const { say, tick, moods, first, table, clock } = await world();
    await say(healthSignal());
    const watches = await clock.run(table.read<FleetWatch>('watch', 'payments'));
    const [watch] = watches?.value.watches ?? [];
    const id = recordId('payments', 'again', watch?.incident ?? '', watch?.changes ?? 0);
    const other: Decision = { state: 'decided', at: 0, fleet: 'payments', signal: 'a tick', verb: 'observe', rule: 'LEASE_HELD' };
    await clock.run(table.write('decision', id, other, 0));
    moods.set(SOURCE, 'slow');
    await tick();
    await tick();

    assert.equal(first.started.length, 1);
  });

  it('is watched no more when it is over, or when nobody has spoken of it for two hours', async () => {
    for (const end of ['closes', 'goes stale']) {
      const { say, tick, moods, first } = await world();
      await say(healthSignal(1));
      if (end === 'closes') await say(healthClosing(2, 1));
      else await tick(121);
      moods.set(SOURCE, 'slow');

      assert.deepEqual(await tick(), [], end);
      assert.deepEqual(first.started, [], end);
    }
  });

  it('is not begun before its time, and then is', async () => {
    const { say, tick, first } = await world({ moods: { [SOURCE]: 'slow' } });
    const { rule } = await say(healthSignal(1, 0, { startTime: 'Tue, 20 Oct 2026 08:00:00 GMT' }));
    assert.equal(rule, 'NOT_BEGUN');
    await tick(1);
    assert.deepEqual(first.started, []);
    await tick(8);

    assert.equal(first.started.length, 1);
  });
});

describe('An incident that cannot be judged', () => {
  it('is put to a person, with all that they need, once for all of its communications', async () => {
    const { say, told, list, tick } = await world({ moods: { [SOURCE]: 'denied' } });
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

  it('is not put to anybody again by ticks, but by its next communication when four hours have passed', async () => {
    const { say, told, tick } = await world({ moods: { [SOURCE]: 'denied' } });
    await say(healthSignal(1));
    for (let minute = 0; minute < 3; minute += 1) await tick();
    await tick(240);
    assert.equal(told('Approval Requested').length, 1);
    await say(healthSignal(2, 245));

    assert.equal(told('Approval Requested').length, 2);
  });

  it('is taken back from the person when it is over', async () => {
    const { say, list } = await world({ moods: { [SOURCE]: 'denied' } });
    await say(healthSignal(1));
    await say(healthClosing(2, 3));

    const [approval] = (await list<Decision>('decision')).flatMap((decision) => decision.approval ?? []);
    assert.deepEqual([approval?.state, approval?.by], ['withdrawn', 'its incident is over']);
  });

  it('is not put to anybody when its end was told first', async () => {
    const { say, told } = await world({ moods: { [SOURCE]: 'denied' } });
    await say(healthClosing(2, 0));
    const { decision, rule } = await say(healthSignal(1, -1));

    assert.deepEqual([decision, rule], ['ignore', 'ENDED']);
    assert.deepEqual(told('Approval Requested'), []);
  });

  it('starts by itself when a tick can judge it, and takes the question back', async () => {
    const { say, list, tick, moods, first } = await world({ moods: { [SOURCE]: 'denied' } });
    await say(healthSignal(1));
    moods.set(SOURCE, 'slow');
    await tick();

    assert.equal(first.started.length, 1);
    const [approval] = (await list<Decision>('decision')).flatMap((decision) => decision.approval ?? []);
    assert.equal(approval?.state, 'withdrawn');
  });

  it('is not decided again when a person has approved it', async () => {
    const { say, clock, table, tick, moods, first } = await world({ moods: { [SOURCE]: 'denied' } });
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
  /** The first write that is meant dies with the function, before or after it was carried out. */
  const dyingAt = (kind: string, when: 'before' | 'after', nth: number) => {
    let writes = 0;
    return ({ table }: Runtime): Partial<Runtime> => ({
      table: {
        ...table,
        write: async (at, id, value, ifVersion) => {
          writes += at === kind ? 1 : 0;
          const dies = at === kind && writes === nth;
          if (dies && when === 'before') throw new Error('killed');
          const isWritten = await table.write(at, id, value, ifVersion);
          if (dies) throw new Error('killed');
          return isWritten;
        },
      },
    });
  };

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
        const { give, say, clock, first, list } = await world({ moods: { [SOURCE]: 'slow' }, change: dyingAt(kind, when, nth) });
        await assert.rejects(give(healthSignal()), /killed/);
        if (kind !== 'decision' || nth !== 1 || when !== 'before') {
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
    const { give, say, list, clock } = await world({ moods: { [SOURCE]: 'slow' }, change });
    await say(healthSignal(1));
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
    const { give, first, list } = await world({
      change: ({ kms }) => ({ kms: { ...kms, probe: () => assert.fail('KMS was asked'), describe: () => assert.fail('KMS was asked') } }),
    });
    await give(healthSignal(1, 0, { service: 'EC2' }));
    await give(healthSignal(2, 0, { eventTypeCategory: 'scheduledChange' }));
    await give(healthSignal(3, 0, { eventRegion: 'ap-southeast-2' }));

    assert.deepEqual((await list<Decision>('decision')).map(({ rule }) => rule).toSorted(), ['NOT_AN_ISSUE', 'SERVICE_NOT_WATCHED']);
    assert.deepEqual(first.started, []);
  });

  it('is one in a Region where the fleet has no primaries, which is no shelter either', async () => {
    const { say, moods, list } = await world();
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
    const { give, first, clock } = await world({ moods: { [SOURCE]: 'slow' }, change });
    const fleet = { accounts: ['111122223333'], home: SOURCE, standbys: [TARGET], posture: 'automatic', keys: { all: true } };
    const other = { ...fleet, accounts: ['444455556666'] };
    await clock.run(first.runtime.store.put('config/fleets.yaml', JSON.stringify({ fleets: { broken: other, payments: fleet } })));
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

describe('A control Region that is the one in trouble', () => {
  const there = { eventRegion: 'us-east-2', eventArn: 'arn:its-own' };
  const fleet = { standbys: [TARGET, 'us-east-2'] };

  it('leaves the decision to its peers', async () => {
    const { give, all, clock, table } = await world({ controlRegions: ['us-east-2', 'eu-central-1'], fleet });
    const answers = [];
    for (const decider of all) answers.push(fleetsOf(await give(healthSignal(1, 0, there), decider)).map(({ rule }) => rule));

    assert.deepEqual(answers, [[], ['NO_PRIMARIES_THERE']]);
    assert.equal((await clock.run(table.list('decision'))).length, 1);
  });

  it('leaves it to their ticks too, until it is over', async () => {
    const { say, moods, clock, all, give } = await world({ controlRegions: ['us-east-2', SOURCE] });
    const [peer, impaired] = all;
    assert.ok(peer !== undefined && impaired !== undefined);
    await say(healthSignal());
    moods.set(SOURCE, 'slow');
    await clock.run(clock.sleep(MINUTE_MS));
    await give(TICK, impaired);
    assert.deepEqual(impaired.started, []);
    await give(TICK, peer);
    await clock.run(clock.sleep(30 * MINUTE_MS));
    await give(TICK, impaired);

    assert.deepEqual([peer.started.length, impaired.started.length], [1, 0]);
  });

  it('decides when there is no other', async () => {
    const { say } = await world({ fleet });

    assert.equal((await say(healthSignal(1, 0, there))).rule, 'NO_PRIMARIES_THERE');
  });
});
