import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KMS } from '@aws-sdk/client-kms';
import type { Case } from '../../../simulator/conformance/case.ts';
import { type AwsRun, runOnAws } from '../../../simulator/conformance/run-on-aws.ts';
import { TABLE } from '../../../simulator/conformance/table.ts';
import { KmsWorld, SOURCE, TARGET, THIRD } from '../kms/kms-world.ts';

const REGIONS = { primary: SOURCE, replica: TARGET, third: THIRD };

const rowsNamed = (...titles: readonly string[]): readonly Case[] =>
  titles.map((title) => TABLE.find((row) => row.title === title) ?? assert.fail(`The table has no case '${title}'.`));

/** A run whose AWS is a simulated KMS, and whose hours pass at once. */
const runIn = async (world: KmsWorld, rows: readonly Case[], more: Partial<AwsRun> = {}) => {
  const printed: string[] = [];
  const code = await world.run(
    runOnAws({
      clientOf: (region) => world.at(region),
      rows,
      regions: REGIONS,
      run: 'a1b2c3d4',
      agreed: true,
      sleep: (ms) => world.clock.sleep(ms),
      print: (text) => printed.push(text),
      onStop: () => undefined,
      ...more,
    }),
  );
  return { code, printed: printed.join('\n') };
};

/** The states of every key's primary and replica, wherever the last case has left the role. */
const statesOf = (world: KmsWorld) =>
  world.kms.truth().keys.map(({ regions }) => Object.fromEntries(Object.values(regions).map(({ role, state }) => [role, state])));

const DISCARDED = { PRIMARY: 'PendingReplicaDeletion', REPLICA: 'PendingDeletion' };

describe('A conformance run against AWS', () => {
  it('says what it would make, do and pay, and makes nothing, before anybody agrees', async () => {
    const world = new KmsWorld();

    const { code, printed } = await runIn(world, TABLE, { agreed: false });

    assert.equal(code, 2);
    assert.match(printed, /two multi-Region keys in us-east-1, .* each with a replica in us-west-2/);
    assert.match(printed, /Cost: about \d+\.\d\d USD/);
    assert.match(printed, /Nothing was done\. Start again with --yes/);
    assert.deepEqual(world.kms.truth().keys, []);
  });

  it('ends with a sentence where there are no credentials', async () => {
    const world = new KmsWorld();
    const credentials = () => Promise.reject(new Error('none'));

    const { code, printed } = await runIn(world, TABLE, { clientOf: (region) => new KMS({ region, credentials }) });

    assert.equal(code, 1);
    assert.match(printed, /Nothing was done: there are no AWS credentials here\./);
  });

  it('brings each state about by calls, tells each result, and discards its keys at the end', async () => {
    const world = new KmsWorld();
    const rows = rowsNamed(
      'sent again after it succeeded: the old primary is a replica now',
      'the primary is Disabled',
      'the replica is pending deletion',
      'the replica is pending import',
      'DisableKey on a key that is Updating',
      'Encrypt on a key that is PendingReplicaDeletion',
      'CreateAlias on a key that is Enabled',
      'the rotation setting survives a promotion',
      'a description of imported material is taken by the primary only; which error a replica gives is our inference',
    );

    const { code, printed } = await runIn(world, rows);

    assert.match(printed, new RegExp(`${rows.length} cases: ${rows.length} passed, 0 failed, 0 inconclusive, 0 skipped\\.`));
    assert.match(printed, /of the lawful answers came: (DisabledException|KMSInvalidStateException)/);
    assert.match(printed, /The deletion of every key of this run is scheduled\.$/);
    assert.equal(code, 0);
    assert.deepEqual(statesOf(world), [DISCARDED, DISCARDED]);
  });

  it('leaves a key as it found it, whatever a case has done to it', async () => {
    const world = new KmsWorld();
    const rows = [
      ...rowsNamed("a tag of the primary is its own: the replica's stays", "a grant of the primary is its own: the replica's stays"),
      ...rowsNamed('ListResourceTags on a key that is Enabled', 'ListGrants on a key that is Enabled'),
    ];

    const { code } = await runIn(world, rows);
    const [{ keyId } = assert.fail('The run made no key.')] = world.kms.truth().keys;
    const { Tags } = await world.run(world.at(SOURCE).listResourceTags({ KeyId: keyId }));

    assert.equal(code, 0);
    assert.deepEqual(Tags, [{ TagKey: 'mrk-failover-conformance', TagValue: 'a1b2c3d4' }]);
  });

  it('tells which cases it cannot run, and why', async () => {
    const world = new KmsWorld();

    const { printed } = await runIn(world, rowsNamed('a single-Region key', 'Sign on a key that is Enabled'));

    assert.match(printed, /2 cases: 0 passed, 0 failed, 0 inconclusive, 2 skipped\./);
    assert.match(printed, /skipped .*a single-Region key\n +it needs a third key, in a single Region/);
  });

  it('fails, and discards its keys, when an answer is not the expected one', async () => {
    const world = new KmsWorld();
    const [row = assert.fail()] = rowsNamed('the primary is Disabled');
    const wrong: Case = { ...row, step: { ...row.step, expect: { refused: 'KMSInternalException' } } };

    const { code, printed } = await runIn(world, [wrong]);

    assert.equal(code, 1);
    assert.match(printed, /failed .*the primary is Disabled\n +expected KMSInternalException, got DisabledException \(status 400\)/);
    assert.deepEqual(statesOf(world), [DISCARDED, DISCARDED]);
  });

  it('discards its keys when it is stopped, after the case that is under way', async () => {
    const world = new KmsWorld();
    const rows = rowsNamed('the primary is Disabled', 'the replica is Disabled', 'the replica is pending deletion');
    let stop = () => {};
    const stopping: Partial<AwsRun> = { onStop: (given) => (stop = given) };
    const firstResult = (text: string) => {
      if (text.startsWith('passed')) stop();
    };
    const printed: string[] = [];

    const { code } = await runIn(world, rows, {
      ...stopping,
      print: (text) => {
        printed.push(text);
        firstResult(text);
      },
    });

    assert.equal(code, 1);
    assert.equal(printed.filter((text) => text.startsWith('passed')).length, 1);
    assert.deepEqual(statesOf(world), [DISCARDED, DISCARDED]);
  });

  it('discards what it has made so far when it cannot go on, and names what KMS did not let it discard', async () => {
    const world = new KmsWorld();
    const clientOf = (region: string): KMS => {
      const client = world.at(region);
      if (region === TARGET)
        client.scheduleKeyDeletion = () =>
          Promise.reject(Object.assign(new Error('No.'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }));
      if (region === SOURCE)
        client.getParametersForImport = () =>
          Promise.reject(Object.assign(new Error('No.'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }));
      return client;
    };

    const { code, printed } = await runIn(world, rowsNamed('the primary is Disabled'), { clientOf });

    assert.equal(code, 1);
    assert.match(
      printed,
      /The run ended early: Asking for the import parameters of mrk-[0-9a-f]{32} was refused with AccessDeniedException: No\./,
    );
    assert.match(printed, /aws kms schedule-key-deletion --region us-west-2 --key-id mrk-[0-9a-f]{32} --pending-window-in-days 7/);
    assert.equal(world.kms.truth().keys.length, 2);
  });
});
