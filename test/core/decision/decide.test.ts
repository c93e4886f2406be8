import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { conclude } from '../../../core/decision/decide.ts';
import type { Judgement } from '../../../core/decision/evaluate.ts';
import type { GuardAnswer } from '../../../core/decision/guard.ts';
import { GUARDS } from '../../../core/decision/guards/guards.ts';
import type { Asked } from '../../../core/decision/propose.ts';
import type { Start } from '../../../core/decision/start.ts';
import { requestWith } from '../../support/runs.ts';

const asked = (start: Start, doubt?: string): Asked => ({
  kind: 'asked',
  request: requestWith({ operation: start.by === 'schedule' ? 'drill' : 'failover' }),
  start,
  reason: 'The test asks.',
  ...(doubt === undefined ? {} : { doubt }),
});

/** Any answers that the guards could give, each with what it would turn a decision into. */
const judgements = fc
  .tuple(
    ...GUARDS.map(({ name, objections }) =>
      fc.constantFrom<readonly [string, GuardAnswer, string]>(
        [name, { kind: 'pass' }, 'start'],
        ...Object.entries(objections).map(([rule, { answer, turnsInto, liftedBy }]): readonly [string, GuardAnswer, string] => [
          name,
          { kind: answer, rule, why: `${rule} is so`, liftedBy },
          turnsInto,
        ]),
      ),
    ),
  )
  .map((drawn) => {
    const answers = drawn.map(([guard, answer]) => ({ guard, ...answer }));
    const judgement: Judgement = { allowed: answers.every(({ kind }) => kind === 'pass'), answers };
    return { judgement, weights: drawn.map(([, , weight]) => weight) };
  });

const situation = { verdicts: new Map() };

describe('What comes of the guards’ answers', () => {
  it('is a start only when every guard passes, and else the heaviest of their objections', () => {
    fc.assert(
      fc.property(judgements, ({ judgement, weights }) => {
        const { decision, rule, why, liftedBy } = conclude(asked({ by: 'signal' }), judgement, situation);
        const heaviest = weights.includes('observe') ? 'observe' : weights.includes('approve') ? 'approve' : 'start';
        assert.equal(decision, heaviest);
        const objecting = judgement.answers.flatMap((answer) => (answer.kind === 'pass' ? [] : [answer]));
        assert.equal(liftedBy.length, objecting.length);
        if (decision !== 'start') assert.equal(rule, objecting[weights.filter((weight) => weight !== 'start').indexOf(decision)]?.rule);
        for (const answer of objecting) assert.ok(why.includes(answer.why));
      }),
    );
  });

  it('never asks a person about a drill that is due', () => {
    fc.assert(
      fc.property(judgements, ({ judgement }) => {
        const { decision } = conclude(asked({ by: 'schedule' }), judgement, situation);
        assert.equal(decision, judgement.allowed ? 'start' : 'observe');
      }),
    );
  });

  it('never starts a run while nobody can say where the primaries are, and asks when nothing else stands in the way', () => {
    fc.assert(
      fc.property(judgements, ({ judgement }) => {
        const { decision, rule } = conclude(asked({ by: 'signal' }, 'no Region answered'), judgement, situation);
        assert.notEqual(decision, 'start');
        if (judgement.allowed) assert.deepEqual([decision, rule], ['approve', 'WHEREABOUTS_UNKNOWN']);
      }),
    );
  });
});
