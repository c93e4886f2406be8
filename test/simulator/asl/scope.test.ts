import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Scope } from '../../../simulator/asl/scope.ts';

const forever = () => new Promise<never>(() => undefined);
const HALTED = { name: 'Halted' };

describe('A scope', () => {
  it('lets work through, its failures too', async () => {
    const scope = new Scope();

    assert.equal(await scope.wait(async () => 1), 1);
    await assert.rejects(
      scope.wait(() => Promise.reject(new Error('broken'))),
      /broken/,
    );
  });

  it('lets go of all that is awaited in it when it ends, in the scopes inside as well', async () => {
    const scope = new Scope();
    const direct = scope.wait(forever);
    const nested = scope.inner((inner) => inner.inner((innermost) => innermost.wait(forever)));

    scope.halt();

    await assert.rejects(direct, HALTED);
    await assert.rejects(nested, HALTED);
  });

  it('starts nothing once it has ended', async () => {
    const scope = new Scope();
    let begun = 0;
    const work = async () => {
      begun += 1;
    };
    scope.halt();

    await assert.rejects(scope.wait(work), HALTED);
    await assert.rejects(scope.inner(work), HALTED);
    assert.equal(begun, 0);
  });

  it('ends a scope inside it when the work of that scope fails, and goes on itself', async () => {
    const scope = new Scope();
    let sibling: Promise<never> | undefined;
    const failing = scope.inner(async (inner) => {
      sibling = inner.wait(forever);
      throw new Error('broken');
    });

    await assert.rejects(failing, /broken/);
    await assert.rejects(sibling ?? assert.fail('there is no sibling'), HALTED);
    assert.equal(await scope.wait(async () => 1), 1);
  });
});
