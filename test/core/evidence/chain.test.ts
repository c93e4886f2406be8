import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type BesideChains, type ChainedRun, chainsOf, sealedBefore } from '../../../core/evidence/chain.ts';
import { region } from '../../../core/region.ts';
import { chainOf, leftBy, linkTo, runId } from '../../support/evidence.ts';

const NOTHING: BesideChains = { unsealed: [], unreadable: new Set() };
const RUNS: readonly ChainedRun[] = chainOf(6).map(({ evidence }) => evidence);
const [first, second, third] = chainOf(3).map(({ evidence }) => evidence);
if (first === undefined || second === undefined || third === undefined) throw new Error('three runs were asked for');

/** Some runs of a chain in any order, and the place of one of them. */
const chains = fc.integer({ min: 2, max: RUNS.length }).chain((count) =>
  fc.record({
    runs: fc.shuffledSubarray(RUNS.slice(0, count), { minLength: count }),
    newest: fc.constant(runId(count)),
    at: fc.integer({ min: 1, max: count - 1 }).map(runId),
  }),
);

const flawsOf = (runs: readonly ChainedRun[], beside: BesideChains = NOTHING) => chainsOf(runs, beside).flatMap(({ flaws }) => flaws);
const kindsOf = (runs: readonly ChainedRun[], beside: BesideChains = NOTHING) => flawsOf(runs, beside).map(({ kind }) => kind);

describe('The chain of a fleet’s evidence', () => {
  it('has no flaw as its runs left it, in whatever order they are read', () =>
    fc.assert(
      fc.property(chains, ({ runs, newest }) => {
        const [chain, ...others] = chainsOf(runs, NOTHING);

        assert.deepEqual([chain?.flaws, chain?.newest.map((run) => run.runId), others], [[], [newest], []]);
      }),
    ));

  it('shows that a run was removed, unless it was the newest', () =>
    fc.assert(
      fc.property(chains, ({ runs, at }) => {
        const flaws = flawsOf(runs.filter((run) => run.runId !== at));

        assert.deepEqual(
          flaws.map((flaw) => flaw.kind === 'missing' && flaw.previous.runId),
          [at],
        );
      }),
    ));

  it('shows that a run was replaced, unless it was the newest', () =>
    fc.assert(
      fc.property(chains, fc.stringMatching(/^[0-9a-f]{64}$/), ({ runs, at }, seal) => {
        const flaws = flawsOf(runs.map((run) => (run.runId === at ? { ...run, seal } : run)));

        assert.deepEqual(
          flaws.map((flaw) => flaw.kind === 'replaced' && [flaw.previous.runId, flaw.seal]),
          [[at, seal]],
        );
      }),
    ));

  it('shows that a run was inserted, whatever it names, unless it names the newest', () =>
    fc.assert(
      fc.property(chains, fc.boolean(), ({ runs, at }, isFirst) => {
        const named = runs.find((run) => run.runId === at);
        const { previous: _, ...without } = named ?? assert.fail();
        const inserted: ChainedRun = {
          ...without,
          runId: runId(99),
          ...(isFirst || named?.previous === undefined ? {} : { previous: named.previous }),
        };

        assert.deepEqual(kindsOf([...runs, inserted]), [inserted.previous === undefined ? 'two-firsts' : 'fork']);
      }),
    ));

  it('is one for each fleet and control Region', () => {
    const ledger = leftBy(7, undefined, { fleet: 'ledger' }).evidence;
    const there = leftBy(8, undefined, { controlRegion: region('us-west-2') }).evidence;
    const found = chainsOf([...RUNS, ledger, there], NOTHING);

    assert.deepEqual(
      found.map(({ fleet, controlRegion, runs, flaws }) => [fleet, controlRegion, runs.length, flaws]),
      [
        ['payments', 'us-east-2', 6, []],
        ['ledger', 'us-east-2', 1, []],
        ['payments', 'us-west-2', 1, []],
      ],
    );
  });

  it('is not said to be broken by a run that cannot be read, which is told by itself', () =>
    assert.deepEqual(kindsOf([first, third], { ...NOTHING, unreadable: new Set([second.runId]) }), []));

  it('shows that a seal was taken out', () =>
    assert.deepEqual(kindsOf([first, third], { ...NOTHING, unsealed: [second] }), ['seal-removed']));

  it('shows runs that name one another, or themselves', () => {
    const seal = 'a'.repeat(64);
    const self: ChainedRun = { ...third, seal, previous: { ...linkTo(third), seal } };
    const pair: readonly ChainedRun[] = [
      { ...second, seal, previous: { ...linkTo(third), seal } },
      { ...third, seal, previous: { ...linkTo(second), seal } },
    ];

    assert.deepEqual([kindsOf([first, self]), kindsOf([first, ...pair]), kindsOf([self])], [['circle'], ['circle', 'circle'], ['circle']]);
  });

  it('may begin with a run whose predecessor has expired, and only with one', () => {
    const expired: BesideChains = { ...NOTHING, expiredBefore: first.endedAt + 1 };

    assert.deepEqual(
      chainsOf([second, third], expired).map(({ flaws, expired: gone }) => [flaws, gone?.runId]),
      [[[], first.runId]],
    );
    assert.deepEqual(kindsOf([second, third], { ...NOTHING, expiredBefore: first.endedAt }), ['missing']);
    assert.deepEqual(kindsOf([first, third], { ...NOTHING, expiredBefore: third.endedAt }), ['missing']);
    assert.deepEqual(kindsOf([third], { ...expired, expiredBefore: third.endedAt, unsealed: [second] }), ['seal-removed']);
  });
});

describe('A run that stands beside another in the chain', () => {
  // The table was restored from a backup that ended with the second run.
  const again = leftBy(4, second).evidence;
  const fork = { kind: 'fork', runId: third.runId, others: [again.runId], previous: linkTo(second) };

  it('is told with the one that began first', () => assert.deepEqual(flawsOf([again, third, second, first]), [fork]));

  it('is no flaw when it is acknowledged, and is told as that', () => {
    const [chain] = chainsOf([first, second, third, again], { ...NOTHING, acknowledged: new Set([again.runId]) });

    assert.deepEqual(chain?.flaws, []);
    assert.deepEqual(chain?.acknowledged, [{ runId: again.runId, others: [third.runId], previous: linkTo(second) }]);
    assert.deepEqual(
      chain?.newest.map(({ runId: name }) => name),
      [third.runId, again.runId],
    );
  });

  it('does not make up for a third one', () => {
    const inserted = leftBy(9, second).evidence;
    const acknowledged = new Set([again.runId]);

    assert.deepEqual(kindsOf([first, second, third, again, inserted], { ...NOTHING, acknowledged }), ['fork']);
  });

  it('may be the first of a new chain, also where the beginning of the old one has expired', () => {
    const anew = leftBy(4).evidence;
    const acknowledged = new Set([anew.runId]);

    assert.deepEqual(kindsOf([first, second, anew]), ['two-firsts']);
    assert.deepEqual(kindsOf([first, second, anew], { ...NOTHING, acknowledged }), []);
    const expired = { ...NOTHING, expiredBefore: first.endedAt + 1 };
    assert.deepEqual(kindsOf([second, anew], expired), ['two-firsts']);
    assert.deepEqual(kindsOf([second, anew], { ...expired, acknowledged }), []);
  });
});

describe('A run without a seal', () => {
  it('is from before the first that was sealed', () => assert.deepEqual([...sealedBefore([second], [first])], []));

  it('comes with a sealed one of its fleet that was over when it began', () => {
    assert.equal(sealedBefore([first], [second]).get(second.runId)?.runId, first.runId);
    assert.deepEqual([...sealedBefore([{ ...first, fleet: 'ledger' }], [second])], []);
  });
});
