import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAULT_CATALOG } from '../../../simulator/faults/catalog.ts';
import { parseFault } from '../../../simulator/faults/parse-fault.ts';

const NAMES =
  'throttle, lost-reply, stale-reads, slow-updating, degraded, source-down, source-down-at, source-down-for, ' +
  'disabled-replicas, missing-replicas, denied-target, function-crash, abort';

const BAD_SHARES = [
  'source-down-at',
  'source-down-at=',
  'source-down-at=40',
  'source-down-at=0%',
  'source-down-at=101%',
  'source-down-at=4=0%',
];
const BAD_DURATIONS = ['source-down-for', 'source-down-for=10', 'source-down-for=0m', 'source-down-for=10d', 'source-down-for=-1m'];

const REFUSED = [
  { text: 'throtle', sentence: `There is no fault named 'throtle'. Did you mean 'throttle'? The faults are ${NAMES}.` },
  { text: '', sentence: `There is no fault named ''. The faults are ${NAMES}.` },
  { text: 'toString', sentence: `There is no fault named 'toString'. The faults are ${NAMES}.` },
  { text: 'throttle=50%', sentence: "The fault 'throttle' takes no value, got 'throttle=50%'." },
  { text: 'abort=1', sentence: "The fault 'abort' takes no value, got 'abort=1'." },
  ...BAD_SHARES.map((text) => ({
    text,
    sentence: `The fault 'source-down-at' needs a share of more than 0% and at most 100%, such as 40%, written source-down-at=…; got '${text}'.`,
  })),
  ...BAD_DURATIONS.map((text) => ({
    text,
    sentence: `The fault 'source-down-for' needs a duration in seconds, minutes or hours, such as 90s, 10m or 2h, written source-down-for=…; got '${text}'.`,
  })),
];

describe('parseFault', () => {
  it('knows every fault of the catalog, and whose it is', () => {
    assert.equal(Object.keys(FAULT_CATALOG).join(', '), NAMES);
    for (const [name, { kind, sentence }] of Object.entries(FAULT_CATALOG)) {
      const text = { 'source-down-at': 'source-down-at=40%', 'source-down-for': 'source-down-for=10m' }[name] ?? name;
      const parsed = parseFault(text);
      assert.partialDeepStrictEqual(parsed, { kind, name }, text);
      assert.ok(sentence.length > 20, name);
    }
  });

  it('takes shares and durations in the usual units', () => {
    for (const text of ['source-down-at=0.5%', 'source-down-at=100%', 'source-down-for=90s', 'source-down-for=2h']) {
      assert.equal(parseFault(text).kind, 'kms', text);
    }
  });

  for (const { text, sentence } of REFUSED) {
    it(`refuses '${text}' with a sentence that says what it expected`, () => {
      assert.deepEqual(parseFault(text), { kind: 'refused', sentence });
    });
  }
});
