import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readActionFacts } from '../../../../simulator/kms/authorization/action-facts.ts';
import { OPERATIONS } from '../../../../simulator/kms/operations/table.ts';

const facts = await readActionFacts();

describe('What IAM knows of the actions of KMS', () => {
  it('covers every operation of this KMS; ReEncrypt is two actions', () => {
    const unknown = [...OPERATIONS.keys()].filter((name) => !facts.has(name));

    assert.deepEqual(unknown, ['ReEncrypt']);
    assert.ok(facts.has('ReEncryptFrom') && facts.has('ReEncryptTo'));
  });

  it('says which act on no key', () => {
    const wildcardOnly = [...OPERATIONS.keys()].filter((name) => facts.get(name)?.wildcardOnly).sort();

    assert.deepEqual(wildcardOnly, ['CreateKey', 'GenerateRandom', 'ListAliases', 'ListKeys', 'ListRetirableGrants']);
  });

  const cells: ReadonlyArray<readonly [action: string, conditionKey: string, carries: boolean]> = [
    ['UpdatePrimaryRegion', 'kms:PrimaryRegion', true],
    ['UpdatePrimaryRegion', 'kms:ReplicaRegion', false],
    ['UpdatePrimaryRegion', 'kms:MultiRegionKeyType', true],
    ['UpdatePrimaryRegion', 'kms:ResourceAliases', true],
    ['UpdatePrimaryRegion', 'kms:RequestAlias', false],
    ['UpdatePrimaryRegion', 'kms:EncryptionContext:team', false],
    ['UpdatePrimaryRegion', 'AWS:RequestedRegion', true],
    ['UpdatePrimaryRegion', 'aws:ResourceTag/team', true],
    ['UpdatePrimaryRegion', 'aws:PrincipalTag/team', true],
    ['ReplicateKey', 'kms:ReplicaRegion', true],
    ['Encrypt', 'kms:EncryptionContext:team', true],
    ['Sign', 'kms:SigningAlgorithm', true],
    ['ListKeys', 'kms:KeySpec', false],
  ];
  for (const [action, conditionKey, carries] of cells)
    it(`says that ${action} has ${carries ? 'a' : 'no'} ${conditionKey}`, () =>
      assert.equal(facts.get(action)?.carries(conditionKey), carries));
});
