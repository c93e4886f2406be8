import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as sdk from '@aws-sdk/client-kms';
import { REQUESTS } from '../../../../simulator/kms/model/requests.ts';
import type { Members } from '../../../../simulator/kms/model/shape.ts';
import { noSuchOperation } from '../../../../simulator/kms/operations/refused-operations.ts';

/** A structure as the SDK keeps it: at 4 the names of its members, at 5 what they are, at 6 how many of the first are required. */
type SdkStructure = readonly [number, string, string, number, readonly string[], readonly unknown[], number?];

const isStructure = (schema: unknown): schema is SdkStructure => Array.isArray(schema) && Array.isArray(schema[4]);

const structureOf = (name: string): SdkStructure => {
  const schema: unknown = Reflect.get(sdk, `${name}Request$`);
  return isStructure(schema) ? schema : assert.fail(`The SDK has no request of ${name}.`);
};

interface Described {
  readonly [name: string]: Described | 'required' | 'optional';
}

const inSdk = ([, , , , names, types, requiredCount = 0]: SdkStructure): Described =>
  Object.fromEntries(
    names.map((name, place) => {
      const type = types[place];
      const inner: unknown = typeof type === 'function' ? type() : type;
      return [name, isStructure(inner) ? inSdk(inner) : place < requiredCount ? 'required' : 'optional'];
    }),
  );

const here = (members: Members): Described =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      member.kind === 'structure' ? here(member.members) : member.required ? 'required' : 'optional',
    ]),
  );

describe('The parameters of', () => {
  for (const [operation, members] of Object.entries<Members>(REQUESTS)) {
    it(`${operation} are those that the SDK has, and so are the required ones`, () => {
      assert.deepEqual(here(members), inSdk(structureOf(operation)));
    });
  }
});

describe('Every operation of the SDK', () => {
  it('is carried out, or refused with a reason of its own', () => {
    const operations = Object.keys(sdk).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
    const unheardOf = operations.filter(
      (name) => !Object.hasOwn(REQUESTS, name) && noSuchOperation(name).name === 'UnknownOperationException',
    );

    assert.deepEqual(unheardOf, []);
    assert.ok(operations.length > 50, `${operations.length}`);
  });
});
