import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SKEW_MS } from '../../../core/coordination/lease.ts';
import {
  type FleetWatch,
  heard,
  isToBeJudgedAgain,
  openIncidents,
  type Watch,
  type Word,
  wasOver,
  watchOf,
  withOver,
  withWatch,
} from '../../../core/coordination/watch.ts';
import { saysOver, wordOf } from '../../../core/coordination/word.ts';
import { parseSignal } from '../../../core/signal/parse.ts';
import type { Signal, SignalReading } from '../../../core/signal/signal.ts';
import { MORNING } from '../../support/deciders.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';
import { ALARM, alarmSignal, healthClosing, healthSignal } from '../../support/signals.ts';

const HOUR_MS = 3_600_000;

const read = (raw: unknown): Extract<Signal, { kind: 'health' | 'alarm' }> => {
  const reading: SignalReading = parseSignal(raw);
  if (reading.kind === 'signal' && (reading.signal.kind === 'health' || reading.signal.kind === 'alarm')) return reading.signal;
  return assert.fail(JSON.stringify(reading));
};
/** When the words of these tests are heard: later than any of them was spoken. */
const HEARD = MORNING + 10 * 60_000;
const word = (minutes = 0): Word => wordOf(read(healthSignal(1, minutes)), SOURCE, HEARD);
const noted = (all: FleetWatch | undefined, said: Word): FleetWatch =>
  withWatch(all, said.incident, (watch) => heard(watch, said), said.heardAt) ?? assert.fail('nothing was noted');
const { incident } = word();
const only = (all: FleetWatch | undefined): Watch => watchOf(all, incident) ?? assert.fail('there is no watch');

describe('A word of an incident', () => {
  it('tells when its source spoke, and of what', () => {
    assert.deepEqual([word(3).heardAt, word(3).region], [MORNING + 180_000, SOURCE]);
    const rings = wordOf(read(alarmSignal('ALARM', 2)), TARGET, HEARD);
    assert.deepEqual([rings.origin, rings.heardAt, rings.region], [ALARM, MORNING + 120_000, TARGET]);
  });

  it('without a time of its own was spoken when it was sent', () => {
    const raw = { ...healthSignal(), time: '2026-10-20T08:00:00Z' };

    assert.equal(
      wordOf(read({ ...raw, detail: { ...raw.detail, lastUpdatedTime: undefined } }), SOURCE, HEARD).heardAt,
      Date.parse(raw.time),
    );
  });

  it('that is dated ahead was spoken when it was heard, so that a later one counts', () => {
    const ahead = wordOf(read(healthSignal(1, 300)), SOURCE, MORNING);
    const closing = wordOf(read(healthClosing(2, 1)), SOURCE, MORNING + 60_000);

    assert.equal(ahead.heardAt, MORNING);
    assert.equal(wordOf(read(alarmSignal('ALARM', 300)), SOURCE, MORNING).heardAt, MORNING);
    assert.deepEqual(openIncidents(withOver(noted(undefined, ahead), closing, MORNING).all, MORNING), []);
    // Clocks differ by so much.
    assert.equal(wordOf(read(healthSignal(1, 0)), SOURCE, MORNING - SKEW_MS).heardAt, MORNING);
    assert.equal(wordOf(read(healthSignal(1, 0)), SOURCE, MORNING - SKEW_MS - 1).heardAt, MORNING - SKEW_MS - 1);
  });

  it('says that it is over when it is closed, has ended, or the alarm is OK', () => {
    const ended = healthSignal(1, 0, { endTime: 'Tue, 20 Oct 2026 07:52:00 GMT' });

    assert.deepEqual(
      [healthClosing(1, 1), ended, alarmSignal('OK'), healthSignal(), alarmSignal('ALARM'), alarmSignal('INSUFFICIENT_DATA')].map((raw) =>
        saysOver(read(raw), MORNING),
      ),
      [true, true, true, false, false, false],
    );
  });
});

describe('What a fleet has heard of an incident', () => {
  it('is its latest word, in whatever order they come', () => {
    const all = noted(noted(undefined, word(5)), word(1));

    assert.equal(only(all).heardAt, word(5).heardAt);
    assert.equal(only(noted(all, word(7))).heardAt, word(7).heardAt);
  });

  it('goes on until its source says that it is over, and again when it speaks of it later', () => {
    const all = noted(undefined, word(1));
    const over = withOver(all, word(4), MORNING);

    assert.deepEqual(over.over, all.watches);
    assert.deepEqual([only(over.all).overAt, only(over.all).signal], [word(4).heardAt, undefined]);
    assert.equal(only(noted(over.all, word(3))).overAt, word(4).heardAt);
    assert.equal(only(noted(over.all, word(5))).overAt, undefined);
  });

  it('is over once, and known as over to whoever has to do again what follows from it', () => {
    const { all } = withOver(noted(undefined, word(1)), word(4), MORNING);

    assert.deepEqual(withOver(all, word(4), MORNING), { all: undefined, over: all?.watches });
  });

  it('is not over by a word that is older than the last', () => {
    const all = noted(undefined, word(5));

    assert.deepEqual(withOver(all, word(2), MORNING), { all: undefined, over: [] });
  });

  it('is remembered as over also when its end comes first', () => {
    const { all, over } = withOver(undefined, word(4), MORNING);

    assert.deepEqual(over, []);
    assert.equal(wasOver(all, word(3)), true);
    assert.equal(wasOver(all, word(5)), false);
  });

  it('keeps the run that was decided on when it is over, and forgets the question when it goes on again', () => {
    const question = { decision: 'd', expiresAt: MORNING + HOUR_MS, request: requestWith() };
    const all = withWatch(noted(undefined, word(1)), incident, (watch) => watch && { ...watch, request: requestWith(), question }, MORNING);
    const after = withOver(all, word(4), MORNING).all;

    assert.deepEqual(only(after).request, requestWith());
    assert.deepEqual(only(after).question, question);
    assert.equal(only(noted(after, word(6))).question, undefined);
  });

  it('is forgotten after two days, and the ones that are over go first when there are too many', () => {
    const said = (number: number, hours: number): Word => ({
      ...word(),
      incident: `i-${number}`,
      origin: `o-${number}`,
      heardAt: MORNING + hours * HOUR_MS,
    });
    assert.deepEqual(
      noted(noted(undefined, said(1, 0)), said(2, 49)).watches.map((watch) => watch.incident),
      ['i-2'],
    );
    let all = withOver(noted(undefined, said(0, 1)), said(0, 2), MORNING).all;
    for (let number = 1; number <= 40; number += 1) all = noted(all, said(number, 1));

    assert.equal(all?.watches.length, 40);
    assert.equal(watchOf(all, 'i-0'), undefined);
  });
});

describe('An incident that goes on', () => {
  const all = noted(undefined, word());

  it('is open until it is over or has not been spoken of for two hours', () => {
    assert.deepEqual(openIncidents(all, MORNING), [{ incident, region: SOURCE }]);
    assert.deepEqual(openIncidents(all, MORNING + 2 * HOUR_MS + 1), []);
    assert.deepEqual(openIncidents(withOver(all, word(1), MORNING).all, MORNING), []);
    assert.deepEqual(openIncidents(undefined, MORNING), []);
  });

  it('is judged again as long as something may change: not when it has its run, or only a person can', () => {
    const again = (changes: Partial<Watch>) => isToBeJudgedAgain({ ...only(all), ...changes }, MORNING);

    assert.equal(again({}), true);
    assert.equal(again({ last: { verb: 'observe', rule: 'SOURCE_HEALTHY' } }), true);
    assert.equal(again({ last: { verb: 'observe', rule: 'NONE_SEEN_THERE' } }), true);
    assert.equal(again({ last: { verb: 'ignore', rule: 'NO_PRIMARIES_THERE' } }), false);
    assert.equal(again({ last: { verb: 'approve', rule: 'POSTURE_APPROVE' } }), false);
    assert.equal(again({ request: requestWith() }), false);
    assert.equal(again({ overAt: MORNING }), false);
  });
});
