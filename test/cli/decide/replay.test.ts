import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Assumptions, type Replayed, replayer } from '../../../cli/decide/replay.ts';
import { judgedInJson, judgedInWords, tallyInWords } from '../../../cli/decide/words.ts';
import { fleetWith } from '../../support/fleet.ts';
import { rawHealthEvent } from '../../support/health-fixture.ts';

const payments = fleetWith({ home: 'eu-central-1', standbys: ['eu-west-1', 'us-west-2'], posture: 'automatic' });
const ledger = fleetWith({ home: 'us-east-1', standbys: ['eu-central-1'] });
const fleets = new Map([
  ['payments', payments],
  ['ledger', ledger],
]);
const confirmed = { source: 'degraded', target: 'healthy' } as const;

const opens = () => rawHealthEvent('kms-issue-opens');
const changed = (change: (raw: ReturnType<typeof opens>) => void) => {
  const raw = opens();
  change(raw);
  return raw;
};
const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/signals/${name}.json`, import.meta.url), 'utf8'));

const replay = (events: readonly unknown[], assumptions: Partial<Assumptions> = {}): readonly Replayed[] => {
  const judge = replayer({ fleets, probe: confirmed, ...assumptions });
  return events.map((event, index) => judge(typeof event === 'string' ? event : JSON.stringify(event), index + 1));
};

/** What was decided for a fleet, signal by signal. */
const rulesFor = (fleet: string, replayed: readonly Replayed[]): readonly string[] =>
  replayed.flatMap((each) =>
    each.kind === 'judged' ? each.proposals.filter((proposal) => proposal.fleet === fleet).map(({ rule }) => rule) : ['unreadable'],
  );

describe('A replay of signals', () => {
  it('judges each signal for every fleet that it concerns, at the time of its own envelope', () => {
    const [first] = replay([opens()]);

    assert.ok(first?.kind === 'judged');
    assert.equal(first.at, Date.UTC(2026, 9, 20, 7, 52, 30));
    assert.deepEqual(
      first.proposals.map(({ fleet, decision, rule }) => [fleet, decision, rule]),
      [
        ['payments', 'start', 'SOURCE_DEGRADED'],
        ['ledger', 'ignore', 'NO_PRIMARIES_THERE'],
      ],
    );
  });

  it('judges every signal at the time that was asked for', () => {
    assert.deepEqual(rulesFor('payments', replay([opens()], { now: Date.UTC(2027, 0, 1) })), ['STALE']);
  });

  it('asks a person while no verdict was given', () => {
    const [first] = replay([opens()], { probe: {} });

    assert.ok(first?.kind === 'judged');
    assert.deepEqual([first.proposals[0]?.decision, first.proposals[0]?.rule], ['approve', 'SOURCE_UNKNOWN']);
  });

  it('starts one run for an incident, whatever comes of it, in whatever order', () => {
    const update = changed((raw) => {
      raw.detail.communicationId = 'update';
    });
    const events = [opens(), rawHealthEvent('kms-issue-opens-backup-copy'), update, rawHealthEvent('kms-issue-closes'), opens()];

    assert.deepEqual(rulesFor('payments', replay(events)), ['SOURCE_DEGRADED', 'DUPLICATE', 'ALREADY_STARTED', 'NOT_OPEN', 'DUPLICATE']);
    assert.equal(rulesFor('payments', replay(events.toReversed())).filter((rule) => rule === 'SOURCE_DEGRADED').length, 1);
  });

  it('has a second incident of the same trouble join the run, as trigger would, and its later words know of that', () => {
    const other = (communicationId: string) =>
      changed((raw) => {
        raw.detail.eventArn = 'arn:aws:health:eu-central-1::event/KMS/AWS_KMS_OPERATIONAL_ISSUE/another';
        raw.detail.communicationId = communicationId;
      });
    const replayed = replay([opens(), other('1'), other('2')]);

    assert.deepEqual(rulesFor('payments', replayed), ['SOURCE_DEGRADED', 'ALREADY_STARTED', 'ALREADY_STARTED']);
    const [first, second, third] = replayed.map((each) => (each.kind === 'judged' ? each.proposals[0] : undefined));
    assert.equal(second?.decision, 'ignore');
    assert.equal(second?.request?.incident, first?.request?.incident);
    assert.match(
      second?.why ?? '',
      /^Another signal of the same trouble has fleet payments leave eu-central-1 for eu-west-1, in run payments-/,
    );
    assert.match(third?.why ?? '', /^For this incident run payments-[0-9a-f]{16}-1 was started already\.$/);
  });

  it('judges a second incident by itself when the run has had its 24 hours', () => {
    const nextDay = changed((raw) => {
      raw.time = '2026-10-21T08:00:00Z';
      raw.detail.eventArn = 'arn:aws:health:eu-central-1::event/KMS/AWS_KMS_OPERATIONAL_ISSUE/another';
      raw.detail.lastUpdatedTime = 'Wed, 21 Oct 2026 07:59:00 GMT';
    });
    assert.deepEqual(rulesFor('payments', replay([opens(), nextDay])), ['SOURCE_DEGRADED', 'SOURCE_DEGRADED']);
  });

  it('goes on with an incident that came to no run', () => {
    const later = changed((raw) => {
      raw.detail.communicationId = 'update';
    });

    assert.deepEqual(rulesFor('payments', replay([opens(), later], { probe: { source: 'healthy', target: 'healthy' } })), [
      'SOURCE_HEALTHY',
      'SOURCE_HEALTHY',
    ]);
  });

  it('says of a signal that concerns no fleet, and of an event that is none, that there is nothing to decide', () => {
    assert.deepEqual(rulesFor('', replay([recorded('alarm-rings'), recorded('tick'), recorded('instance-stopped')])), [
      'NO_FLEET_CONCERNED',
      'TICK',
      'NOT_A_SIGNAL',
    ]);
  });

  it('takes the Region of an alarm for the one in trouble, and judges a drill that is due', () => {
    const arn = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:kms-control-plane-errors';
    const alarmed = new Map([['payments', fleetWith({ ...payments, alarms: [arn] })]]);

    assert.deepEqual(rulesFor('payments', replay([recorded('alarm-rings')], { fleets: alarmed })), ['SOURCE_DEGRADED']);
    const elsewhere = new Map([['payments', fleetWith({ ...payments, alarms: [{ arn, watches: payments.standbys[0] }] })]]);
    assert.deepEqual(rulesFor('payments', replay([recorded('alarm-rings')], { fleets: elsewhere })), ['NO_PRIMARIES_THERE']);
    assert.deepEqual(rulesFor('payments', replay([recorded('drill-due')], { probe: { source: 'healthy', target: 'healthy' } })), [
      'DRILL_DUE',
    ]);
  });

  it('names the field of a line that is malformed, and goes on', () => {
    const malformed = changed((raw) => {
      raw.detail.page = 'first';
    });
    const { time: _, ...timeless } = opens();

    assert.deepEqual(replay(['nonsense', malformed, timeless, opens()]).slice(0, 3), [
      {
        kind: 'unreadable',
        line: 1,
        problems: [
          'expected one event on the line, written in JSON as EventBridge delivers it; `jq -c .` puts an event of many lines on one.',
        ],
      },
      { kind: 'unreadable', line: 2, problems: ['detail.page: expected a whole number from 1 to 999,999; got "first".'] },
      { kind: 'unreadable', line: 3, problems: ['time: expected a date such as 2026-10-20T07:41:00Z, or --now; got nothing.'] },
    ]);
    assert.deepEqual(rulesFor('payments', replay(['nonsense', opens()])), ['unreadable', 'SOURCE_DEGRADED']);
  });
});

describe('A line that is too long', () => {
  const long = changed((raw) => {
    raw.detail.eventDescription = [{ language: 'en_US', latestDescription: 'x'.repeat(2_000_000) }];
  });

  it('is said to be that, valid or not, and the next one is judged', () => {
    const [first, second, third] = replay([long, 'x'.repeat(10_000_000), opens()]);
    const problems = [first, second].map((each) => (each?.kind === 'unreadable' ? each.problems.join() : each?.kind));
    for (const problem of problems)
      assert.match(
        problem ?? '',
        /^the line is too long: expected an event of at most 1 MB, .*; got (2,00\d,\d{3}|10,000,000) characters\.$/,
      );
    assert.equal(third?.kind, 'judged');
  });
});

describe('A signal with controls in its texts', () => {
  const CODE = 'AWS_KMS\u001b]0;title\u0007\nline 9  2026-10-20T07:52:30Z  AWS Health\u009b';
  const [crafted] = replay([
    changed((raw) => {
      raw.detail.eventTypeCode = CODE;
    }),
  ]);

  it('is told on one line, with the controls written out', () => {
    assert.ok(crafted?.kind === 'judged');
    const [first = '', ...more] = judgedInWords(crafted).split('\n');
    assert.match(first, /AWS_KMS\\u001b\]0;title\\u0007\\nline 9 {2}2026-10-20T07:52:30Z {2}AWS Health\\u009b open/);
    assert.deepEqual(
      more.filter((line) => line.startsWith('line')),
      [],
    );
  });

  it('is the same text in JSON, with none of them in it', () => {
    assert.ok(crafted?.kind === 'judged');
    const [line = ''] = judgedInJson(crafted).split('\n');
    assert.ok(String(JSON.parse(line).signal).includes(CODE));
    assert.ok(!line.includes('\u009b'));
  });
});

describe('A judged signal in JSON', () => {
  it('is one document a fleet, with the decision, the operation, the rule and why', () => {
    const [first] = replay([opens()]);
    assert.ok(first?.kind === 'judged');
    const [start, ignore] = judgedInJson(first)
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));

    const { why, guards, incident, ...rest } = start ?? {};
    assert.deepEqual(rest, {
      line: 1,
      at: '2026-10-20T07:52:30Z',
      signal: 'AWS Health: AWS_KMS_OPERATIONAL_ISSUE open in eu-central-1',
      decision: 'start',
      fleet: 'payments',
      operation: 'failover',
      source: 'eu-central-1',
      target: 'eu-west-1',
      rule: 'SOURCE_DEGRADED',
      liftedBy: [],
    });
    assert.match(String(why), /KMS in eu-central-1 is degraded and still answers/);
    assert.match(String(incident), /^health-/);
    assert.equal(typeof guards, 'object');
    assert.deepEqual(
      [ignore?.decision, ignore?.operation, ignore?.rule, ignore?.source],
      ['ignore', 'failover', 'NO_PRIMARIES_THERE', null],
    );
  });
});

describe('The tally', () => {
  it('says that nothing was started, and counts what would have been', () => {
    assert.equal(
      tallyInWords(new Map([['start', 2]]), 1),
      'Nothing was started. Decisions: 2 start, 0 approve, 0 observe, 0 ignore; 1 line could not be read.',
    );
  });
});
