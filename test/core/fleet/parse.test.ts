import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { checkFleets } from '../../../core/fleet/check.ts';
import { parseFleetFile } from '../../../core/fleet/parse.ts';
import { problemSentence } from '../../../core/fleet/problem.ts';
import { mrk } from '../../support/fleet.ts';

const problemsOf = (text: string) => {
  const reading = parseFleetFile(text, 'fleets.yaml');
  return reading.kind === 'wrong' ? reading.problems : [];
};
const sentencesOf = (text: string): readonly string[] => problemsOf(text).map(problemSentence);

/** A right file whose one fleet begins on line 2 and ends on line 6; further lines become lines 7 and on. */
const fleetText = (...lines: readonly string[]): string =>
  [
    'fleets:',
    '  payments:',
    '    accounts: ["111122223333"]',
    '    keys: { all: true }',
    '    home: us-east-1',
    '    standbys: [us-west-2, eu-west-1]',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');

/** The right file with one of its lines replaced. */
const withLine = (number: number, line: string): string =>
  fleetText()
    .split('\n')
    .with(number - 1, line)
    .join('\n');

describe('A right fleet file', () => {
  it('gives its fleets with every default filled in', () => {
    const reading = parseFleetFile(fleetText(), 'fleets.yaml');

    assert.equal(reading.kind, 'fleets');
    assert.deepEqual(
      reading.fleets,
      new Map([
        [
          'payments',
          {
            accounts: ['111122223333'],
            keys: { all: true },
            home: 'us-east-1',
            standbys: ['us-west-2', 'eu-west-1'],
            posture: 'approve',
            services: ['KMS', 'MULTIPLE_SERVICES'],
            alarms: [],
            proof: 'standard',
            onRecovery: 'complete',
            patienceSeconds: 120,
            cooldownMinutes: 60,
            failback: { automatic: false, stableMinutes: 60 },
            drill: { holdSeconds: 60, stopOnAlarms: [] },
            probe: {},
            priority: 50,
            ratePerSecond: 4,
            exceptions: [],
          },
        ],
      ]),
    );
  });

  it('becomes the JSON that functions read: what was written, and no default', () => {
    const reading = parseFleetFile(fleetText(), 'fleets.yaml');

    assert.equal(reading.kind, 'fleets');
    assert.match(reading.json, /^\{\n {2}"fleets": \{\n {4}"payments": \{\n/);
    assert.deepEqual(JSON.parse(reading.json), {
      fleets: { payments: { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2', 'eu-west-1'] } },
    });
    assert.deepEqual(checkFleets({ value: JSON.parse(reading.json), positionOf: () => undefined }, 'fleets.json'), {
      kind: 'fleets',
      fleets: reading.fleets,
    });
  });

  it('keeps every field as it is written', () => {
    const written = {
      accounts: ['111122223333', '444455556666'],
      keys: { ids: [mrk('1'), `arn:aws:kms:us-east-1:444455556666:key/${mrk('2')}`] },
      home: 'us-east-1',
      standbys: ['us-west-2'],
      posture: 'automatic',
      services: ['KMS', 'EC2'],
      alarms: [
        'arn:aws:cloudwatch:us-west-2:111122223333:alarm:KMS is slow',
        { arn: 'arn:aws:cloudwatch:us-west-2:111122223333:alarm:the home as seen from here', watches: 'us-east-1' },
      ],
      proof: 'signatures',
      onRecovery: 'leave',
      patienceSeconds: 300,
      cooldownMinutes: 0,
      failback: { automatic: true, stableMinutes: 240 },
      drill: {
        schedule: 'cron(0 9 ? * TUE *)',
        holdSeconds: 120,
        stopOnAlarms: ['arn:aws:cloudwatch:us-east-1:111122223333:alarm:checkout errors'],
        target: 'us-west-2',
      },
      probe: { canaryKey: mrk('7') },
      priority: 80,
      ratePerSecond: 0.5,
      exceptions: [{ key: mrk('1'), reason: 'r', owner: 'o', expires: '2028-02-29' }],
    };

    const reading = parseFleetFile(stringify({ fleets: { payments: written } }), 'f');

    assert.equal(reading.kind, 'fleets');
    assert.deepEqual(reading.fleets, new Map([['payments', written]]));
  });

  for (const keys of ['{ aliases: [alias/payments/*, alias/main] }', '{ tags: { team: payments, "cost center": "7" } }']) {
    it(`may select its keys by ${keys}`, () => {
      assert.deepEqual(sentencesOf(withLine(4, `    keys: ${keys}`)), []);
    });
  }

  it('is the one in the root of this project, with the fleet of the examples', () => {
    const reading = parseFleetFile(readFileSync(new URL('../../../fleets.yaml', import.meta.url), 'utf8'), 'fleets.yaml');

    assert.equal(reading.kind, 'fleets');
    assert.deepEqual([...reading.fleets.keys()], ['payments']);
    const { accounts, keys, home, standbys, posture } = reading.fleets.get('payments') ?? assert.fail('no fleet payments');
    assert.deepEqual(
      { accounts, keys, home, standbys, posture },
      {
        accounts: ['111122223333'],
        keys: { aliases: ['alias/payments/*'] },
        home: 'us-east-1',
        standbys: ['us-west-2', 'eu-west-1'],
        posture: 'automatic',
      },
    );
  });
});

describe('A fleet file is refused with a sentence', () => {
  const fields =
    'accounts, keys, home, standbys, posture, services, alarms, proof, onRecovery, patienceSeconds, cooldownMinutes, failback, drill, probe, priority, ratePerSecond, exceptions';
  const region = 'a Region code such as us-west-2';
  const ways = 'exactly one of all, aliases, tags, ids';
  const cases = [
    {
      case: 'a field does not exist',
      text: fleetText('postur: automatic'),
      sentence: `fleets.yaml:7: fleets.payments.postur is not a field here; expected one of ${fields}; got "automatic". Did you mean posture?`,
    },
    {
      case: 'the field that was meant is there as well',
      text: fleetText('posture: observe', 'postur: automatic'),
      sentence: `fleets.yaml:8: fleets.payments.postur is not a field here; expected one of ${fields}; got "automatic".`,
    },
    {
      case: 'drills go to a Region where the fleet does not live',
      text: fleetText('drill: { target: ap-southeast-2 }'),
      sentence:
        'fleets.yaml:7: fleets.payments.drill.target is wrong; expected one of the fleet\'s own Regions, us-east-1, us-west-2, eu-west-1; got "ap-southeast-2".',
    },
    {
      case: 'a drill holds the keys for less than a minute',
      text: fleetText('drill: { holdSeconds: 59 }'),
      sentence:
        'fleets.yaml:7: fleets.payments.drill.holdSeconds is wrong; expected a whole number of seconds for which the keys stay in the target, 60 to 3600; got the number 59.',
    },
    {
      case: 'the canary key is one of another account',
      text: fleetText(`probe: { canaryKey: "arn:aws:kms:us-east-1:999999999999:key/${mrk('1')}" }`),
      sentence: `fleets.yaml:7: fleets.payments.probe.canaryKey is wrong; expected a key of one of the fleet's own accounts; got "arn:aws:kms:us-east-1:999999999999:key/${mrk('1')}".`,
    },
    {
      case: 'the file has a field of its own',
      text: `version: 1\n${fleetText()}`,
      sentence: 'fleets.yaml:1: version is not a field here; expected fleets; got the number 1.',
    },
    {
      case: 'a field is missing, on the line of the fleet',
      text: withLine(5, ''),
      sentence:
        'fleets.yaml:2: fleets.payments.home is missing; expected the Region that holds the primaries in quiet times, such as us-east-1.',
    },
    {
      case: 'an exception lacks a field, on the line of the exception',
      text: fleetText('exceptions:', `  - key: ${mrk('1')}`, '    owner: o', '    expires: 2026-12-31'),
      sentence:
        'fleets.yaml:8: fleets.payments.exceptions[0].reason is missing; expected why this key stays where it is, at most 500 characters.',
    },
    {
      case: 'a choice does not exist',
      text: fleetText('posture: automtic'),
      sentence:
        'fleets.yaml:7: fleets.payments.posture is wrong; expected one of observe, approve, automatic; got "automtic". Did you mean automatic?',
    },
    {
      case: 'a choice is left empty',
      text: fleetText('proof:', 'posture: observe'),
      sentence: 'fleets.yaml:7: fleets.payments.proof is wrong; expected one of standard, signatures, none; got nothing.',
    },
    {
      case: 'a value stands on a line of its own',
      text: fleetText('posture:', '  automtic'),
      sentence:
        'fleets.yaml:8: fleets.payments.posture is wrong; expected one of observe, approve, automatic; got "automtic". Did you mean automatic?',
    },
    {
      case: 'an account number is not in quotes',
      text: withLine(3, '    accounts: [111122223333]'),
      sentence:
        'fleets.yaml:3: fleets.payments.accounts[0] is wrong; expected an account number of twelve digits, in quotes; got the number 111122223333.',
    },
    {
      case: 'there is no standby',
      text: withLine(6, '    standbys: []'),
      sentence:
        'fleets.yaml:6: fleets.payments.standbys is wrong; expected a list of 1 to 10 Regions that may take the primaries over, the preferred one first; got an empty list.',
    },
    {
      case: 'a Region is none',
      text: withLine(6, '    standbys: [oregon]'),
      sentence: `fleets.yaml:6: fleets.payments.standbys[0] is wrong; expected ${region}; got "oregon".`,
    },
    ...['us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'us-isob-east-1', 'eusc-de-east-1'].map((other) => ({
      case: `a Region is of another partition (${other})`,
      text: withLine(5, `    home: ${other}`),
      sentence: `fleets.yaml:5: fleets.payments.home is wrong; expected a Region of the aws partition (GovCloud, China and isolated Regions are not supported); got "${other}".`,
    })),
    {
      case: 'home is among the standbys',
      text: withLine(6, '    standbys: [us-west-2, us-east-1]'),
      sentence: 'fleets.yaml:5: fleets.payments.home is wrong; expected a Region that is not among the standbys as well; got "us-east-1".',
    },
    {
      case: 'a standby is named twice, on its own line',
      text: withLine(6, '    standbys:\n      - us-west-2\n      - us-west-2'),
      sentence: 'fleets.yaml:8: fleets.payments.standbys[1] is wrong; expected something that is not in the list already; got "us-west-2".',
    },
    {
      case: 'a key is named twice, once by its ARN',
      text: withLine(4, `    keys: { ids: [${mrk('1')}, "arn:aws:kms:us-east-1:111122223333:key/${mrk('1')}"] }`),
      sentence: `fleets.yaml:4: fleets.payments.keys.ids[1] is wrong; expected something that is not in the list already; got "arn:aws:kms:us-east-1:111122223333:key/${mrk('1').slice(0, 36)}".`,
    },
    {
      case: 'a key is not a multi-Region key',
      text: withLine(4, '    keys: { ids: [1234abcd-12ab-34cd-56ef-1234567890ab] }'),
      sentence:
        'fleets.yaml:4: fleets.payments.keys.ids[0] is wrong; expected the ID of a multi-Region key (mrk- and 32 hexadecimal digits) or its ARN; got "1234abcd-12ab-34cd-56ef-1234567890ab".',
    },
    {
      case: 'a key is of an account that the fleet does not have',
      text: withLine(4, `    keys: { ids: ["arn:aws:kms:us-east-1:999999999999:key/${mrk('1')}"] }`),
      sentence: `fleets.yaml:4: fleets.payments.keys.ids[0] is wrong; expected a key of one of the fleet's own accounts; got "arn:aws:kms:us-east-1:999999999999:key/${mrk('1')}".`,
    },
    {
      case: 'an alias has a star in its middle',
      text: withLine(4, '    keys: { aliases: [alias/*/main] }'),
      sentence:
        'fleets.yaml:4: fleets.payments.keys.aliases[0] is wrong; expected an alias such as alias/payments/main, or a beginning with one * at its end such as alias/payments/*; got "alias/*/main".',
    },
    {
      case: 'a tag value is not in quotes',
      text: withLine(4, '    keys: { tags: { stage: 1 } }'),
      sentence:
        'fleets.yaml:4: fleets.payments.keys.tags.stage is wrong; expected a tag value in quotes, at most 256 characters; got the number 1.',
    },
    {
      case: 'there are no tags',
      text: withLine(4, '    keys: { tags: {} }'),
      sentence: 'fleets.yaml:4: fleets.payments.keys.tags is wrong; expected at least one tag, and at most 50; got an empty mapping.',
    },
    {
      case: 'all is said to be false',
      text: withLine(4, '    keys: { all: false }'),
      sentence: 'fleets.yaml:4: fleets.payments.keys.all is wrong; expected true; got false.',
    },
    {
      case: 'keys are selected in two ways',
      text: withLine(4, '    keys: { all: true, aliases: [alias/a] }'),
      sentence: `fleets.yaml:4: fleets.payments.keys is wrong; expected ${ways}; got a mapping with all, aliases.`,
    },
    {
      case: 'keys are selected in no way',
      text: withLine(4, '    keys: {}'),
      sentence: `fleets.yaml:4: fleets.payments.keys is wrong; expected ${ways}; got an empty mapping.`,
    },
    {
      case: 'keys are a word',
      text: withLine(4, '    keys: all'),
      sentence: `fleets.yaml:4: fleets.payments.keys is wrong; expected ${ways}; got "all".`,
    },
    { case: 'keys are missing', text: withLine(4, ''), sentence: `fleets.yaml:2: fleets.payments.keys is missing; expected ${ways}.` },
    {
      case: 'a way of selecting does not exist',
      text: withLine(4, '    keys: { alias: [alias/a] }'),
      sentence: `fleets.yaml:4: fleets.payments.keys is wrong; expected ${ways}; got a mapping with alias. Did you mean aliases?`,
    },
    ...['0', '-1', '100.5', '.inf', '.nan', '"4"'].map((rate) => ({
      case: `the rate is ${rate}`,
      text: fleetText(`ratePerSecond: ${rate}`),
      sentence: `fleets.yaml:7: fleets.payments.ratePerSecond is wrong; expected how many keys of one account may move in a second, more than 0 and at most 100 (the quota of an account is 5 until you raise it); got ${
        { '.inf': 'the number Infinity', '.nan': 'the number NaN', '"4"': '"4"' }[rate] ?? `the number ${rate}`
      }.`,
    })),
    {
      case: 'a day does not exist',
      text: fleetText(`exceptions: [{ key: ${mrk('1')}, reason: r, owner: o, expires: 2026-02-29 }]`),
      sentence:
        'fleets.yaml:7: fleets.payments.exceptions[0].expires is wrong; expected the last day on which it holds, such as 2026-12-31 (it ends with that day, in UTC); got "2026-02-29".',
    },
    {
      case: 'an alarm is not named by its ARN',
      text: fleetText('alarms: [kms-is-slow]'),
      sentence:
        'fleets.yaml:7: fleets.payments.alarms[0] is wrong; expected the ARN of a CloudWatch alarm, arn:aws:cloudwatch:<region>:<account>:alarm:<name>, or a mapping with that as arn, and with watches: the Region of the fleet that it watches; got "kms-is-slow".',
    },
    {
      case: 'an alarm watches a Region that is none of the fleet’s',
      text: fleetText('alarms: [{ arn: "arn:aws:cloudwatch:us-west-2:111122223333:alarm:kms", watches: ap-south-1 }]'),
      sentence:
        'fleets.yaml:7: fleets.payments.alarms[0].watches is wrong; expected one of the fleet\'s own Regions, us-east-1, us-west-2, eu-west-1; got "ap-south-1".',
    },
    {
      case: 'an alarm is named once for each of two Regions',
      text: fleetText(
        'alarms: ["arn:aws:cloudwatch:us-west-2:111122223333:alarm:kms", { arn: "arn:aws:cloudwatch:us-west-2:111122223333:alarm:kms", watches: us-east-1 }]',
      ),
      sentence:
        'fleets.yaml:7: fleets.payments.alarms[1] is wrong; expected something that is not in the list already; got a mapping with arn, watches.',
    },
    {
      case: 'an alarm watches without a word of what',
      text: fleetText('alarms: [{ arn: "arn:aws:cloudwatch:us-west-2:111122223333:alarm:kms", watch: us-east-1 }]'),
      sentence:
        'fleets.yaml:7: fleets.payments.alarms[0] is wrong; expected the ARN of a CloudWatch alarm, arn:aws:cloudwatch:<region>:<account>:alarm:<name>, or a mapping with that as arn, and with watches: the Region of the fleet that it watches; got a mapping with arn, watch.',
    },
    {
      case: 'a service code is not in capitals',
      text: fleetText('services: [kms]'),
      sentence:
        'fleets.yaml:7: fleets.payments.services[0] is wrong; expected a service code of AWS Health in capitals, such as KMS; got "kms".',
    },
    {
      case: 'the name of a fleet is no name',
      text: withLine(2, '  Payments_EU:'),
      sentence:
        'fleets.yaml:2: fleets.Payments_EU is wrong; expected a fleet name: a small letter, then up to 38 small letters, digits or hyphens; got "Payments_EU".',
    },
    {
      case: 'a fleet is empty',
      text: 'fleets:\n  payments:\n',
      sentence: 'fleets.yaml:2: fleets.payments is wrong; expected a fleet with accounts, keys, home and standbys; got nothing.',
    },
    {
      case: 'it is empty',
      text: '',
      sentence: 'fleets.yaml:1: the file is wrong; expected a mapping with the one field fleets; got nothing.',
    },
    {
      case: 'it is a list',
      text: '- a\n- b\n',
      sentence: 'fleets.yaml:1: the file is wrong; expected a mapping with the one field fleets; got a list of 2.',
    },
    {
      case: 'a field is there twice',
      text: fleetText('proof: none', 'proof: standard'),
      sentence: 'fleets.yaml:8: fleets.payments.proof is wrong; expected every field at most once; got "proof" a second time.',
    },
    {
      case: 'a value hides behind an alias',
      text: fleetText('proof: *usual'),
      sentence:
        'fleets.yaml:7: fleets.payments.proof is wrong; expected the value itself, because anchors and aliases would hide from a reader what a fleet holds; got an alias.',
    },
    {
      case: 'the name of a field is a list',
      text: 'fleets: {}\n? [a]\n: 1\n',
      sentence: 'fleets.yaml:2: ["?"] is wrong; expected a plain word as the name of a field; got a list or a mapping as a name.',
    },
    {
      case: 'a tag would get lost in an object',
      text: withLine(4, '    keys: { tags: { __proto__: x, team: payments } }'),
      sentence:
        'fleets.yaml:4: fleets.payments.keys.tags.__proto__ is wrong; expected a plain word as the name of a field; got "__proto__".',
    },
    {
      case: 'it is no YAML',
      text: fleetText('services: [KMS'),
      sentence:
        'fleets.yaml:8: this cannot be read as YAML near an empty line: Flow sequence in block collection must be sufficiently indented and end with a ].',
    },
    {
      case: 'it has a tag of YAML that nobody knows',
      text: fleetText('proof: !secret none'),
      sentence: 'fleets.yaml:7: this cannot be read as YAML near "proof: !secret none": Unresolved tag: !secret.',
    },
    {
      case: 'it is too long',
      text: `#${'x'.repeat(1024 * 1024)}`,
      sentence: 'fleets.yaml:1: this cannot be read as YAML near 1048577 characters: at most 1048576 characters.',
    },
    {
      case: 'two fleets overlap, on the line of the second',
      text: `${fleetText()}  billing:\n    accounts: ["111122223333"]\n    keys: { tags: { a: b } }\n    home: us-east-1\n    standbys: [us-west-2]\n`,
      sentence:
        'fleets.yaml:9: fleets.billing.keys is wrong; expected keys that no other fleet has, because a key belongs to one fleet; got an overlap with fleet payments: one takes all keys of account 111122223333, which the other draws on as well.',
    },
  ];
  for (const { case: title, text, sentence } of cases) {
    it(`when ${title}`, () => {
      assert.deepEqual(sentencesOf(text), [sentence]);
    });
  }
});

describe('The problems of a fleet file', () => {
  it('are told even of a value that cannot be turned into text', () => {
    const text = [
      'fleets:',
      '  payments:',
      '    accounts: ["111122223333"]',
      '    keys: { all: true }',
      '    home: us-east-1',
      '    standbys: [us-west-2]',
      '    posture: { toString: {} }',
    ];
    const parsed = parseFleetFile(text.join('\n'), 'fleets.yaml');

    assert.equal(parsed.kind, 'wrong');
    assert.deepEqual(parsed.kind === 'wrong' && parsed.problems.map(({ field, line }) => ({ field, line })), [
      { field: 'fleets.payments.posture', line: 7 },
    ]);
  });

  it('come all at once, in the order of their lines, overlaps and cross-checks among them', () => {
    const text = `fleets:
  a: { accounts: ["111122223333"], keys: { all: true }, home: us-east-1, standbys: [us-west-2] }
  b: { accounts: ["111122223333"], keys: { all: true }, home: us-east-1, standbys: [us-west-2] }
  c:
    accounts: ["12"]
    keys: { ids: [] }
    home: us-east-1
    standbys: [us-east-1]
    proof: 5
    colour: red
`;

    assert.deepEqual(
      problemsOf(text).map(({ line, column, field, kind }) => [line, column, field, kind]),
      [
        [3, 36, 'fleets.b.keys', 'wrong-value'],
        [5, 16, 'fleets.c.accounts[0]', 'wrong-value'],
        [6, 13, 'fleets.c.keys.ids', 'wrong-value'],
        [7, 11, 'fleets.c.home', 'wrong-value'],
        [9, 12, 'fleets.c.proof', 'wrong-value'],
        [10, 5, 'fleets.c.colour', 'unknown-field'],
      ],
    );
  });

  it('are at most twenty', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `field${index}: 1`);

    assert.deepEqual(
      problemsOf(fleetText(...lines)).map(({ line }) => line),
      Array.from({ length: 20 }, (_, index) => 7 + index),
    );
  });

  it('stand within the text, whatever takes the place of one of its values', () => {
    const right = {
      accounts: ['111122223333'],
      keys: { tags: { a: 'b' } },
      home: 'us-east-1',
      standbys: ['us-west-2'],
      exceptions: [{ key: mrk('1') }],
    };
    const field = fc.constantFrom('accounts', 'keys', 'home', 'standbys', 'posture', 'services', 'ratePerSecond', 'exceptions', 'other');
    fc.assert(
      fc.property(field, fc.jsonValue({ maxDepth: 4 }), (name, value) => {
        const text = stringify({ fleets: { payments: { ...right, [name]: value } } });
        const lines = text.split('\n');
        for (const { line = 0, column = 0, expected } of problemsOf(text)) {
          assert.ok(line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1);
          assert.notEqual(expected, 'something else');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are never thrown, whatever the text', () => {
    const piece = fc.constantFrom(
      'fleets:',
      ' ',
      '\n',
      '  ',
      'a',
      ':',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&x',
      '*x',
      '|',
      '!',
      '%',
      '? ',
      '<<',
      '#',
      '\t',
      '\0',
      '---',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        assert.ok(problemsOf(pieces.join('')).length > 0 || pieces.join('').includes('fleets:'));
      }),
      { numRuns: 2_000 },
    );
  });
});
