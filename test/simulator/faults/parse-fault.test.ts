import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAULT_CATALOG } from '../../../simulator/faults/catalog.ts';
import { parseFault } from '../../../simulator/faults/parse-fault.ts';

const NAMES =
  'throttle, lost-reply, stale-reads, slow-updating, degraded, source-down, source-down-at, source-down-for, ' +
  'disabled-replicas, missing-replicas, denied-target, function-crash, abort';

describe('parseFault', () => {
  it('knows every fault of the catalog, and whose it is', () => {
    assert.equal(Object.keys(FAULT_CATALOG).join(', '), NAMES);
    for (const [name, { kind, sentence }] of Object.entries(FAULT_CATALOG)) {
      const text = { 'source-down-at': 'source-down-at=40%', 'source-down-for': 'source-down-for=10m' }[name] ?? name;
      const parsed = parseFault(text);
      assert.equal(parsed.kind, kind, text);
      assert.equal(parsed.kind === 'refused' ? undefined : parsed.name, name);
      assert.ok(sentence.length > 20, name);
    }
  });

  it('takes shares and durations in the usual units', () => {
    for (const text of ['source-down-at=0.5%', 'source-down-at=100%', 'source-down-for=90s', 'source-down-for=2h']) {
      assert.equal(parseFault(text).kind, 'kms', text);
    }
  });

  for (const [text, sentence] of [
    ['throtle', `There is no fault named 'throtle'. Did you mean 'throttle'? The faults are ${NAMES}.`],
    ['', `There is no fault named ''. The faults are ${NAMES}.`],
    ['toString', `There is no fault named 'toString'. The faults are ${NAMES}.`],
    ['throttle=50%', "The fault 'throttle' takes no value, got 'throttle=50%'."],
    ['abort=1', "The fault 'abort' takes no value, got 'abort=1'."],
    ...['source-down-at', 'source-down-at=', 'source-down-at=40', 'source-down-at=0%', 'source-down-at=101%', 'source-down-at=4=0%'].map(
      (bad) => [
        bad,
        `The fault 'source-down-at' needs a share of more than 0% and at most 100%, such as 40%, written source-down-at=…; got '${bad}'.`,
      ],
    ),
    ...['source-down-for', 'source-down-for=10', 'source-down-for=0m', 'source-down-for=10d', 'source-down-for=-1m'].map((bad) => [
      bad,
      `The fault 'source-down-for' needs a duration in seconds, minutes or hours, such as 90s, 10m or 2h, written source-down-for=…; got '${bad}'.`,
    ]),
  ] as ReadonlyArray<readonly [string, string]>) {
    it(`refuses '${text}' with a sentence that says what it expected`, () => {
      assert.deepEqual(parseFault(text), { kind: 'refused', sentence });
    });
  }
});
