import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfiguration } from '../../../infra/deployment/configuration.ts';
import { fleetFileInWords } from '../../../infra/deployment/fleet-file-in-words.ts';
import { memberAccounts, sensorPlaces } from '../../../infra/deployment/places.ts';
import { readDeployment } from '../../../infra/deployment/read.ts';
import { fleetsOf } from '../../support/infra/fleets-of.ts';

const FLEETS = `fleets:
  payments:
    accounts: ["111122223333"]
    keys: { aliases: ["alias/payments/*"] }
    home: us-east-1
    standbys: [us-west-2, eu-west-1]
    alarms: ["arn:aws:cloudwatch:eu-west-1:444455556666:alarm:app"]
`;
const fleets = fleetsOf(FLEETS);

const GOOD = `deployment:
  account: "999988887777"
  control:
    regions: [eu-central-1, eu-west-2]
    witness: eu-west-3
  externalId: change-me-3f9c1e
`;
const sentencesFor = (text: string): readonly string[] => {
  const reading = readDeployment(text, 'deployment.yaml', fleets);
  return reading.kind === 'wrong' ? reading.sentences : assert.fail('it was not refused');
};
const deployment = (text: string = GOOD) => {
  const reading = readDeployment(text, 'deployment.yaml', fleets);
  return reading.kind === 'deployment' ? reading.deployment : assert.fail(reading.sentences.join('\n'));
};

describe('A deployment', () => {
  it('has defaults for all that most people leave alone', () => {
    const { evidence, alarms, logRetentionDays, notify, acceptSharedFate } = deployment();
    assert.deepEqual(evidence, { retentionDays: 400, lock: 'governance', copies: false });
    assert.deepEqual(alarms, { keysBlockedMinutes: 60, automationDisabledHours: 8 });
    assert.deepEqual([logRetentionDays, notify, acceptSharedFate], [90, { emails: [], topics: [] }, false]);
  });

  it('runs in two Regions with a witness, unless it says where', () => {
    const { control } = deployment('deployment: { account: "999988887777", externalId: change-me-3f9c1e, acceptSharedFate: true }');
    assert.deepEqual(control, { regions: ['us-west-2', 'us-east-1'], witness: 'us-east-2' });
  });

  it('reaches the accounts of the fleets, in every Region of theirs, in the two that Health copies to, and where their alarms are', () => {
    assert.deepEqual(memberAccounts(deployment(), fleets), ['111122223333']);
    assert.deepEqual(
      sensorPlaces(deployment(), fleets).map(({ account, region }) => `${account} ${region}`),
      ['111122223333 us-east-1', '111122223333 us-west-2', '111122223333 eu-west-1', '444455556666 eu-west-1'],
    );
  });
});

const REFUSED: ReadonlyArray<readonly [text: string, sentence: string]> = [
  [
    GOOD.replace('externalId', 'externalID'),
    'deployment.yaml:1: deployment.externalId is missing; expected a word of 8 to 256 letters, digits and + = , . @ : / - _ that the member accounts expect from the orchestrator.',
  ],
  [
    GOOD.replace('"999988887777"', '999988887777'),
    'deployment.yaml:2: deployment.account is wrong; expected the account that the orchestrator runs in, twelve digits in quotes; got the number 999988887777.',
  ],
  [
    `${GOOD}  logRetentionDays: 100\n`,
    'deployment.yaml:7: deployment.logRetentionDays is wrong; expected one of 30, 60, 90, 120, 150, 180, 365, 400, 545, 731; got the number 100. Did you mean 120?',
  ],
  [
    GOOD.replace('[eu-central-1, eu-west-2]', '[us-east-1]').replace('    witness: eu-west-3\n', ''),
    'deployment.yaml:4: deployment.control.regions[0] is wrong; expected a Region that does not go down with fleet payments (or acceptSharedFate: true, if you accept that it does); got us-east-1, which is the home of fleet payments.',
  ],
  [
    GOOD.replace('[eu-central-1, eu-west-2]', '[us-west-2]').replace('    witness: eu-west-3\n', ''),
    'deployment.yaml:4: deployment.control.regions[0] is wrong; expected a Region that does not go down with fleet payments (or acceptSharedFate: true, if you accept that it does); got us-west-2, which is the first standby of fleet payments.',
  ],
  [
    GOOD.replace('eu-west-2]', 'ap-northeast-1]'),
    'deployment.yaml:4: deployment.control.regions is wrong; expected two Regions of one set, because a strongly consistent table lives in one (us-east-1 us-east-2 us-west-2; eu-west-1 eu-west-2 eu-west-3 eu-central-1; ap-northeast-1 ap-northeast-2 ap-northeast-3); got eu-central-1 and ap-northeast-1.',
  ],
  [
    GOOD.replace('    witness: eu-west-3\n', ''),
    'deployment.yaml:3: deployment.control.witness is wrong; expected a third Region of the control Regions’ set: eu-west-1, eu-west-3; got nothing.',
  ],
  [
    GOOD.replace('witness: eu-west-3', 'witness: eu-west-2'),
    'deployment.yaml:5: deployment.control.witness is wrong; expected a third Region of the control Regions’ set: eu-west-1, eu-west-3; got eu-west-2.',
  ],
  [
    `${GOOD}  watchedRegions: [us-east-1]\n`,
    'deployment.yaml:7: deployment.watchedRegions is wrong; expected every Region of a fleet, us-west-2, eu-west-1 among them; got a list without that.',
  ],
  [
    `${GOOD}  memberAccounts: ["222233334444"]\n`,
    'deployment.yaml:7: deployment.memberAccounts is wrong; expected every account of a fleet, 111122223333 of fleet payments among them; got a list without it.',
  ],
  [
    `${GOOD}  memberAccounts: ["111122223333", ${Array.from({ length: 100 }, (_, index) => `"${String(222_200_000_000 + index)}"`).join(', ')}]\n`,
    'deployment.yaml:1: deployment.organizationId is wrong; expected the ID of your organization, because more than 100 accounts cannot be named one by one in the policy of the bus; got nothing, for 101 accounts.',
  ],
  [
    `${GOOD}  notify: { topics: ["arn:aws:sns:us-east-1:999988887777:pager"] }\n`,
    'deployment.yaml:7: deployment.notify.topics[0] is wrong; expected a topic of account 999988887777 in a control Region (eu-central-1, eu-west-2), because rules and alarms reach no other; got arn:aws:sns:us-east-1:999988887777:pager.',
  ],
  [
    `${GOOD}  notify: { topics: ["arn:aws:sns:eu-central-1:111122223333:pager"] }\n`,
    'deployment.yaml:7: deployment.notify.topics[0] is wrong; expected a topic of account 999988887777 in a control Region (eu-central-1, eu-west-2), because rules and alarms reach no other; got arn:aws:sns:eu-central-1:111122223333:pager.',
  ],
  [
    `${GOOD}  encryptionKeys: { eu-central-1: "arn:aws:kms:eu-central-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef", eu-west-2: "arn:aws:kms:eu-west-2:999988887777:key/00000000-0000-4000-8000-000000000000" }\n`,
    'deployment.yaml:7: deployment.encryptionKeys.eu-central-1 is wrong; expected a key that no fleet may hold, best a single-Region one, because what fleet payments moves must not encrypt the orchestrator’s own state; got arn:aws:kms:eu-central-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef.',
  ],
  [
    `${GOOD}  encryptionKeys: { eu-central-1: "arn:aws:kms:eu-central-1:999988887777:key/00000000-0000-4000-8000-000000000000" }\n`,
    'deployment.yaml:7: deployment.encryptionKeys is wrong; expected a key for each control Region, eu-west-2 among them; got none for it.',
  ],
  [
    GOOD.replace('[eu-central-1, eu-west-2]', '[us-gov-east-1]').replace('    witness: eu-west-3\n', ''),
    'deployment.yaml:4: deployment.control.regions[0] is wrong; expected a Region of the aws partition (GovCloud, China and isolated Regions are not supported); got us-gov-east-1.',
  ],
  [
    GOOD.replace('witness: eu-west-3', 'witness: Paris'),
    'deployment.yaml:5: deployment.control.witness is wrong; expected a Region code such as us-east-2: the third Region of the table, which keeps no data and runs nothing; got "Paris".',
  ],
  [
    GOOD.replace('    regions: [eu-central-1, eu-west-2]\n', ''),
    'deployment.yaml:3: deployment.control.regions is missing; expected a list of the one or two Regions that the orchestrator runs in.',
  ],
  [
    `${GOOD}  acceptSharedFate: "yes"\n`,
    'deployment.yaml:7: deployment.acceptSharedFate is wrong; expected true or false: whether a control Region may be a fleet’s home or first standby, and go down with what it should rescue; got "yes".',
  ],
  [
    `${GOOD}  evidence: { retentionDays: 0 }\n`,
    'deployment.yaml:7: deployment.evidence.retentionDays is wrong; expected a whole number of days, 1 to 3650, for which evidence may not be deleted; got the number 0.',
  ],
  [
    `${GOOD.replace('[eu-central-1, eu-west-2]', '[eu-central-1]').replace('    witness: eu-west-3\n', '')}  evidence: { copies: true }\n`,
    'deployment.yaml:6: deployment.evidence.copies is wrong; expected false, because one control Region has no other to keep copies in; got true, with one control Region.',
  ],
  [
    `${GOOD}  alarms: { keysBlockedMinutes: 1 }\n`,
    'deployment.yaml:7: deployment.alarms.keysBlockedMinutes is wrong; expected a whole number of minutes, 5 to 1440, after which blocked keys raise an alarm; got the number 1.',
  ],
  [
    `${GOOD}  notify: { emails: [a@example.com, a@example.com] }\n`,
    'deployment.yaml:7: deployment.notify.emails[1] is wrong; expected each entry once; got a@example.com a second time.',
  ],
  [
    `${GOOD}  memberAccounts: ["111122223333", "111122223333"]\n`,
    'deployment.yaml:7: deployment.memberAccounts[1] is wrong; expected each entry once; got 111122223333 a second time.',
  ],
  [
    `${GOOD}  encryptionKeys: { eu-central-1: "arn:aws:kms:eu-central-1:999988887777:key/00000000-0000-4000-8000-000000000000", eu-west-2: "arn:aws:kms:eu-west-2:999988887777:key/00000000-0000-4000-8000-000000000000", mars: "arn:aws:kms:mars:999988887777:key/00000000-0000-4000-8000-000000000000" }\n`,
    'deployment.yaml:7: deployment.encryptionKeys.mars is wrong; expected keys of the control Regions only (eu-central-1, eu-west-2); got one for mars.',
  ],
  [
    `${GOOD}  colour: red\n`,
    'deployment.yaml:7: deployment.colour is not a field here; expected one of account, control, acceptSharedFate, watchedRegions, memberAccounts, organizationId, externalId, notify, evidence, logRetentionDays, alarms, encryptionKeys; got "red".',
  ],
  ['', 'deployment.yaml:1: the file is wrong; expected a mapping with the one field deployment; got nothing.'],
  [
    'deployment: [',
    'deployment.yaml:1: this cannot be read as YAML near "deployment: [": Flow sequence in block collection must be sufficiently indented and end with a ].',
  ],
];

describe('A deployment that is not right', () => {
  it('is told each thing once', () => {
    assert.equal(sentencesFor(GOOD.replace('[eu-central-1, eu-west-2]', 'eu-central-1')).length, 1);
  });

  for (const [text, sentence] of REFUSED)
    it(`is refused with "${sentence.slice(0, 100)}…"`, () => assert.equal(sentencesFor(text)[0], sentence));

  it('is taken all the same when a shared fate is accepted in words', () => {
    const shared = GOOD.replace('[eu-central-1, eu-west-2]', '[us-east-1]').replace('    witness: eu-west-3\n', '');
    assert.deepEqual(deployment(`${shared}  acceptSharedFate: true\n`).control.regions, ['us-east-1']);
  });
});

describe('A multi-Region key for the orchestrator’s own state', () => {
  const [STATE_KEY, OTHER_KEY] = ['0', '1'].map((digit) => `mrk-${digit.repeat(32)}`);
  const keys = `${GOOD}  encryptionKeys: { eu-central-1: "arn:aws:kms:eu-central-1:111122223333:key/${STATE_KEY}", eu-west-2: "arn:aws:kms:eu-west-2:999988887777:key/${STATE_KEY}" }\n`;
  const holding = (ids: string) => fleetsOf(FLEETS.replace('aliases: ["alias/payments/*"]', `ids: [${ids}]`));

  it('is taken when the fleets of its account name their keys one by one, and it is not among them', () => {
    assert.equal(readDeployment(keys, 'deployment.yaml', holding(`${OTHER_KEY}`)).kind, 'deployment');
  });

  it('is refused when it is', () => {
    const reading = readDeployment(keys, 'deployment.yaml', holding(`${OTHER_KEY}, ${STATE_KEY}`));
    assert.match(
      reading.kind === 'wrong' ? String(reading.sentences) : '',
      /^deployment\.yaml:7: .* what fleet payments moves must not encrypt/,
    );
  });
});

it('The fleet file in JSON goes to the working bucket of each control Region', () => {
  const [told, ...commands] = fleetFileInWords(deployment(), 'out/fleets.json');
  assert.match(told ?? '', /^out\/fleets\.json: .* upload it:$/);
  assert.deepEqual(commands, [
    '  aws s3 cp out/fleets.json s3://mrk-failover-working-999988887777-eu-central-1/config/fleets.json',
    '  aws s3 cp out/fleets.json s3://mrk-failover-working-999988887777-eu-west-2/config/fleets.json',
  ]);
});

describe('The two files of an installation', () => {
  const read = (files: Readonly<Record<string, string>>) => readConfiguration((file) => files[file] ?? assert.fail(`there is no ${file}`));

  it('are read together', () => {
    const reading = read({ 'fleets.yaml': FLEETS, 'deployment.yaml': GOOD });
    assert.equal(reading.kind, 'configuration');
    assert.deepEqual(Object.keys(JSON.parse(reading.fleetsJson).fleets), [...reading.fleets.keys()]);
  });

  it('are both missed by name', () => {
    const reading = read({});
    assert.deepEqual(reading, {
      kind: 'wrong',
      sentences: [
        'fleets.yaml cannot be read (there is no fleets.yaml); expected it in this folder.',
        'deployment.yaml cannot be read (there is no deployment.yaml); expected it in this folder.',
      ],
    });
  });

  it('are refused for what is wrong in the fleet file, before the other is looked at', () => {
    const reading = read({ 'fleets.yaml': FLEETS.replace('home: us-east-1', 'home: Oregon'), 'deployment.yaml': 'nonsense' });
    assert.match(reading.kind === 'wrong' ? (reading.sentences[0] ?? '') : '', /^fleets\.yaml:5: fleets\.payments\.home is wrong/);
  });
});
