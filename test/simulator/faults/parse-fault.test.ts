import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAULT_CATALOG } from '../../../simulator/faults/catalog.ts';
import { parseFault } from '../../../simulator/faults/parse-fault.ts';

const NAMES =
  'throttle, lost-reply, stale-reads, slow-updating, hang, connection-reset, connection-refused, dns-failure, tls-failure, ' +
  'late-execution, half-done, while-updating, degraded, flapping, source-down, source-down-at, source-down-for, ' +
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

const BAD_SETTINGS = [
  { setting: 'speed=1', expected: "settings out of rate, class, region, account, from, for, got 'speed=1'" },
  { setting: '', expected: "settings out of rate, class, region, account, from, for, got ''" },
  { setting: 'rate=0%', expected: "rate to be a share of more than 0% and at most 100%, such as 40%, got 'rate=0%'" },
  { setting: 'class=tea', expected: "class to be one of read, write, crypto, all, got 'class=tea'" },
  { setting: 'region=home', expected: "region to be source, target or a Region such as us-east-1, got 'region=home'" },
  { setting: 'account=1', expected: "account to be an account of twelve digits, got 'account=1'" },
  { setting: 'for=ever', expected: "for to be a duration in seconds, minutes or hours, such as 90s, 10m or 2h, got 'for=ever'" },
  { setting: 'from=1s,from=2s', expected: "'from' once, got it twice" },
];

const REFUSED = [
  { text: 'throtle', sentence: `There is no fault named 'throtle'. Did you mean 'throttle'? The faults are ${NAMES}.` },
  { text: '', sentence: `There is no fault named ''. The faults are ${NAMES}.` },
  { text: 'toString', sentence: `There is no fault named 'toString'. The faults are ${NAMES}.` },
  { text: 'throttle=50%', sentence: "The fault 'throttle' takes no value, got 'throttle=50%'." },
  { text: 'abort=1', sentence: "The fault 'abort' takes no value, got 'abort=1'." },
  { text: 'abort,rate=1%', sentence: "The fault 'abort' takes no settings, got 'abort,rate=1%'." },
  { text: 'flapping,rate=1%', sentence: "The fault 'flapping' takes class, region, account, from, for; got rate." },
  { text: 'denied-target,class=read,for=1m', sentence: "The fault 'denied-target' takes no settings; got class, for." },
  ...BAD_SETTINGS.map(({ setting, expected }) => ({
    text: `hang,${setting}`,
    sentence: `The fault 'hang' is not written rightly: expected ${expected}.`,
  })),
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
    const texts = [
      'source-down-at=0.5%',
      'source-down-at=100%',
      'source-down-for=90s',
      'source-down-for=2h',
      'source-down-for=10m,class=write',
    ];
    for (const text of [...texts, 'hang,rate=0.5%,class=crypto,region=eu-west-1,account=111122223333,from=90s,for=2h']) {
      assert.equal(parseFault(text).kind, 'kms', text);
    }
  });

  for (const { text, sentence } of REFUSED) {
    it(`refuses '${text}' with a sentence that says what it expected`, () => {
      assert.deepEqual(parseFault(text), { kind: 'refused', sentence });
    });
  }
});
