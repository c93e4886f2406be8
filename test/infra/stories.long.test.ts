import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emfLines } from '../../functions/frame/telling/emf.ts';
import { METRICS, METRICS_NAMESPACE } from '../../functions/frame/telling/metrics.ts';
import { optionalPortsOf } from '../../infra/bundle/ports.ts';
import { askedBy } from '../support/infra/asked.ts';
import { beyondOf } from '../support/infra/beyond.ts';
import { withAction } from '../support/infra/grants.ts';
import { FUNCTION_NAMES, installation } from '../support/infra/installation.ts';
import { metricsShown } from '../support/infra/metrics-shown.ts';
import { askedOfRoles, refusedOf, rolesOfFunctions, unusedOf } from '../support/infra/proof.ts';
import { TOLD_UNUSED } from '../support/infra/told-unused.ts';
import { tour } from '../support/infra/tours.ts';

process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';

const toured = await tour();
const installed = installation();
const asked = await askedBy(toured.calls, installed);
const ofRoles = askedOfRoles(installed, asked);

const policyOf = (role: string) =>
  (installed.roles.get(role) ?? installed.memberRoles.get(role) ?? assert.fail(`there is no role ${role}`)).policy;
const ofRole = (role: string) => ofRoles.filter((each) => each.role === role);

const ROLES = [
  ...['trigger', 'plan', 'stage', 'precheck', 'promote', 'poll', 'verify', 'report', 'operator'].map(
    (name) => `mrk-failover-${name}-eu-central-1`,
  ),
  ...['observe', 'prove', 'promote'].map((right) => `mrk-failover-${right}`),
];

describe('In stories, the roles of the functions', () => {
  it('are all looked at', () => assert.deepEqual([...rolesOfFunctions(installed)].sort(), [...ROLES].sort()));

  for (const role of ROLES) {
    it(`allow ${role} whatever it is asked for`, async () => {
      assert.ok(ofRole(role).length > 0);
      assert.deepEqual(await refusedOf(ofRole(role)), []);
    });

    it(`grant ${role} nothing that no story uses, but for what is told with its reason`, async () => {
      const told = TOLD_UNUSED.filter(({ roles }) => roles.test(role)).map(({ words }) => words);
      assert.deepEqual([...(await unusedOf(policyOf(role), ofRole(role)))].sort(), [...told].sort());
    });

    it(`allow ${role} nothing of that on what is not ours, or in other circumstances`, async () => {
      assert.deepEqual(await beyondOf(ofRole(role)), []);
    });
  }

  it('would be told apart from roles with one action more', async () => {
    for (const [role, action] of [
      ['mrk-failover-report-eu-central-1', 's3:DeleteObject'],
      ['mrk-failover-poll-eu-central-1', 'dynamodb:PutItem'],
      ['mrk-failover-observe', 'kms:Decrypt'],
    ] as const) {
      const more = await unusedOf(withAction(policyOf(role), action), ofRole(role));
      assert.ok(
        more.some((words) => words.endsWith(action)),
        `${action} was not missed`,
      );
    }
  });
});

describe('In stories, functions', () => {
  it('use the ports that their bundles have clients for, each of them, and no other', () => {
    const used = Map.groupBy(toured.calls, (call) => call.function);
    for (const name of FUNCTION_NAMES) {
      const ports = new Set((used.get(name) ?? []).map(({ port }) => port));
      assert.deepEqual([...ports].sort(), ['store', 'table', ...optionalPortsOf(name)].sort(), name);
    }
  });
});

describe('In stories, AWS is called', () => {
  it('in the control Region only, but for KMS where the keys are; and for tags and quotas there by the tick, in quiet times', () => {
    const hosts = new Set(
      asked.flatMap(({ sent }) => sent.map(({ host }) => host.replace(/^mrk-failover-\w+-\d{12}-[a-z0-9-]+\.s3\./, 's3.'))),
    );
    const control = ['dynamodb', 'events', 's3', 'states', 'sts'].map((service) => `${service}.eu-central-1.amazonaws.com`);
    const regions = ['us-east-1', 'us-west-2'];
    const kms = regions.map((region) => `kms.${region}.amazonaws.com`);
    const inQuietTimes = regions.flatMap((region) => ['tagging', 'servicequotas'].map((service) => `${service}.${region}.amazonaws.com`));

    assert.deepEqual([...hosts].sort(), [...control, ...kms, ...inQuietTimes].sort());
    const askForMore = asked.filter(({ sent }) => sent.some(({ host }) => inQuietTimes.includes(host))).map(({ function: name }) => name);
    assert.deepEqual([...new Set(askForMore)], ['trigger']);
    assert.equal(toured.askedMoreInTrouble, 0);
  });
});

describe('In stories, metrics', () => {
  const names = () => new Set(toured.measurements.flatMap(({ figures }) => Object.keys(figures)));

  it('are measured that the functions know, all of them', () => assert.deepEqual([...names()].sort(), Object.keys(METRICS).sort()));

  it('are written as CloudWatch takes them out of a log, and every one that the dashboard or an alarm shows is among them', () => {
    const series = new Set(
      toured.measurements.flatMap(emfLines).flatMap((line) => {
        const { _aws, ...values } = JSON.parse(line);
        return _aws.CloudWatchMetrics.flatMap(
          ({ Namespace, Dimensions, Metrics }: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }) =>
            Dimensions.flatMap((set) =>
              Metrics.map(({ Name }) => {
                assert.equal(typeof values[Name], 'number');
                return [Namespace, Name, ...set.map((dimension) => `${dimension}=${values[dimension]}`)].join(' ');
              }),
            ),
        );
      }),
    );
    const shown = metricsShown(installed.control).filter((each) => each.startsWith(`${METRICS_NAMESPACE} `));

    assert.ok(shown.length > 20, String(shown));
    assert.deepEqual(
      shown.filter((each) => !series.has(each)),
      [],
    );
  });
});
