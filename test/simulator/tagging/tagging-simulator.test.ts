import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TAGGING_CALL_MS_MAX } from '../../../aws/tagging/tagging.ts';
import { accountId, region } from '../../../core/region.ts';
import { faultOn } from '../../support/kms.ts';
import { taggingOver } from '../../support/tagging.ts';
import { ACCOUNT, KmsWorld, OTHER_ACCOUNT, SOURCE, STARTS_AT, TARGET } from '../kms/kms-world.ts';

const account = accountId(ACCOUNT);
const PAY = { team: 'pay' };

const keyIdsIn = async (world: KmsWorld, code: string, tags: Readonly<Record<string, string>>, tagging = taggingOver(world)) => {
  const answer = await world.run(tagging.keysTagged(account, region(code), tags, 30_000));
  assert.ok(answer.kind === 'tagged' && answer.complete, JSON.stringify(answer));
  return [...answer.tags.keys()].sort();
};

describe('The simulated index of tags', () => {
  it('tells the keys of one account and Region that carry all tags asked for', async () => {
    const world = new KmsWorld();
    const both = world.key({ tags: { ...PAY, tier: 'gold' } });
    const one = world.key({ tags: PAY });
    world.key({ tags: { team: 'other' } });
    world.key({ account: OTHER_ACCOUNT, tags: PAY });

    assert.deepEqual(await keyIdsIn(world, SOURCE, PAY), [both, one].sort());
    assert.deepEqual(await keyIdsIn(world, SOURCE, { ...PAY, tier: 'gold' }), [both]);
  });

  it('knows a replica by the replica’s own tags, which it has none of until somebody gives it some', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ tags: PAY });
    assert.deepEqual(await keyIdsIn(world, TARGET, PAY), []);

    await world.run(world.at(TARGET).tagResource({ KeyId: keyId, Tags: [{ TagKey: 'team', TagValue: 'pay' }] }));
    assert.deepEqual(await keyIdsIn(world, TARGET, PAY), [keyId]);
  });

  it('gives every key once, over as many pages as there are', async () => {
    const world = new KmsWorld();
    const keyIds = Array.from({ length: 201 }, () => world.key({ replicas: [], tags: PAY }));

    assert.deepEqual(await keyIdsIn(world, SOURCE, PAY), keyIds.sort());
  });

  it('is behind KMS when it is unkind, by a minute at most', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    await world.pass(1);
    await world.run(world.at(SOURCE).tagResource({ KeyId: keyId, Tags: [{ TagKey: 'team', TagValue: 'pay' }] }));
    const unkind = taggingOver(world, { unkindness: 'unkind' });
    assert.deepEqual(await keyIdsIn(world, SOURCE, PAY, unkind), []);

    await world.pass(61_000);
    assert.deepEqual(await keyIdsIn(world, SOURCE, PAY, unkind), [keyId]);
  });

  it('is silent where a fault makes KMS silent, and the client gives up in its time', async () => {
    const world = new KmsWorld();
    const tagging = taggingOver(world, { faults: [{ name: 'dark', struck: 0, silences: (call) => call.region === SOURCE }] });
    const answer = await world.run(tagging.keysTagged(account, region(SOURCE), PAY, 30_000));

    assert.deepEqual(answer.kind === 'failure' && answer.code, 'unreachable');
    assert.ok(world.clock.now() - STARTS_AT <= 2 * TAGGING_CALL_MS_MAX + 300, String(world.clock.now() - STARTS_AT));
    assert.deepEqual(await keyIdsIn(world, TARGET, PAY, tagging), []);
  });

  it('fails as faults say: without a connection, reset, and with an error of the service', async () => {
    const world = new KmsWorld();
    const codes = await Promise.all(
      (
        [
          { kind: 'no-connection', trouble: 'refused' },
          { kind: 'reset' },
          { kind: 'refuse', name: 'InternalServiceException', message: 'no', status: 500 },
        ] as const
      ).map(async (interference) => {
        const tagging = taggingOver(world, { faults: [faultOn('GetResources', () => interference)] });
        const answer = await world.run(tagging.keysTagged(account, region(SOURCE), PAY, 30_000));
        return answer.kind === 'failure' && answer.code;
      }),
    );

    assert.deepEqual(codes, ['unreachable', 'unreachable', 'internal']);
  });
});
