import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { needlessQuestions, withQuestion } from '../../../core/coordination/shared-question.ts';
import type { FleetWatch, Question } from '../../../core/coordination/watch.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { THIRD } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';
import { HEARD_AT, heardOf, watchOn } from '../../support/watches.ts';

const NOW = HEARD_AT;
const health = requestWith({ incident: 'health' });
const alarm = requestWith({ incident: 'alarm' });
const about = (decision: string, request: RunRequest): Question => ({ decision, expiresAt: NOW + 1, request });
const askedOf = (all: FleetWatch | undefined, mine: Question, pointless: readonly string[] = []) => {
  const { all: next, question } = withQuestion(all, mine, new Set(pointless), NOW);
  const noted = (next ?? all)?.watches.flatMap(({ incident, question: known }) => (known ? [`${incident}: ${known.decision}`] : []));
  return { decision: question?.decision, noted: noted?.toSorted() };
};

describe('A question about a run', () => {
  const asked = watchOn('health', { question: about('first', health) });

  it('is noted at the incident, unless that is over or unknown: then nobody is asked', () => {
    assert.deepEqual(askedOf(heardOf(watchOn('health')), about('mine', health)), { decision: 'mine', noted: ['health: mine'] });
    assert.equal(askedOf(heardOf(watchOn('health', { overAt: NOW })), about('mine', health)).decision, undefined);
    assert.equal(askedOf(undefined, about('mine', health)).decision, undefined);
  });

  it('is noted at those that have joined the run, and is asked as long as one of them goes on', () => {
    const joined = watchOn('alarm', { request: health });
    assert.deepEqual(askedOf(heardOf(watchOn('health'), joined), about('mine', health)).noted, ['alarm: mine', 'health: mine']);
    const all = heardOf(watchOn('health', { overAt: NOW }), joined);

    assert.deepEqual(askedOf(all, about('mine', health)), { decision: 'mine', noted: ['alarm: mine'] });
  });

  it('is not asked where one stands about the same incident, or another one that would be taken the same way', () => {
    const all = heardOf(asked, watchOn('alarm'));

    assert.equal(askedOf(all, about('mine', { ...health, target: THIRD })).decision, 'first');
    assert.deepEqual(askedOf(all, about('mine', alarm)), { decision: 'first', noted: ['alarm: first', 'health: first'] });
    assert.deepEqual(askedOf(all, about('mine', { ...alarm, target: THIRD })).decision, 'mine');
  });

  it('is not asked where one stands about a run whose own incident was over since, and that another one has joined', () => {
    const all = heardOf({ ...asked, overAt: NOW }, watchOn('alarm', { request: health }));

    assert.deepEqual(askedOf(all, about('mine', health)), { decision: 'first', noted: ['alarm: first', 'health: first'] });
  });

  it('is asked where the other one has run out, is pointless, or is about an incident that is over', () => {
    const late: Question = { ...about('first', health), expiresAt: NOW };

    assert.equal(askedOf(heardOf({ ...asked, question: late }, watchOn('alarm')), about('mine', alarm)).decision, 'mine');
    assert.equal(askedOf(heardOf(asked, watchOn('alarm')), about('mine', alarm), ['first']).decision, 'mine');
    assert.equal(askedOf(heardOf({ ...asked, overAt: NOW }, watchOn('alarm')), about('mine', alarm)).decision, 'mine');
  });

  it('gives way to the one that replaced it while whoever asks it was taken for dead', () => {
    const all = heardOf(asked, watchOn('alarm', { question: about('second', alarm) }));

    assert.deepEqual(askedOf(all, about('first', health)), { decision: 'second', noted: ['alarm: second', 'health: second'] });
    assert.deepEqual(askedOf(heardOf(asked), about('first', health)), { decision: 'first', noted: ['health: first'] });
  });

  it('is needed as long as an incident that shares it, or has joined the run, goes on', () => {
    const over = { ...asked, overAt: NOW };

    assert.deepEqual(needlessQuestions(heardOf(asked), NOW), []);
    assert.deepEqual(needlessQuestions(heardOf(over, watchOn('alarm', { question: about('first', health) })), NOW), []);
    assert.deepEqual(needlessQuestions(heardOf(over, watchOn('alarm', { request: health })), NOW), []);
    assert.deepEqual(needlessQuestions(heardOf(over, watchOn('alarm')), NOW), ['first']);
    assert.deepEqual(needlessQuestions(heardOf(over), NOW + 1), [], 'nobody may answer it any more');
    assert.deepEqual(needlessQuestions(undefined, NOW), []);
  });
});
