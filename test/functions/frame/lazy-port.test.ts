import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lazyPort } from '../../../functions/frame/lazy-port.ts';

interface Greeter {
  greet(name: string): Promise<string>;
}

describe('A port that is loaded when it is needed', () => {
  it('is loaded once, by its first call', async () => {
    let loads = 0;
    const port = lazyPort<Greeter>(async () => {
      loads += 1;
      return { greet: async (name) => `hello ${name}` };
    });

    assert.equal(loads, 0);
    assert.deepEqual(await Promise.all([port.greet('you'), port.greet('me')]), ['hello you', 'hello me']);
    assert.equal(loads, 1);
  });

  it('is loaded anew after a load that failed', async () => {
    let loads = 0;
    const port = lazyPort<Greeter>(async () => {
      loads += 1;
      if (loads === 1) throw new Error('no such file');
      return { greet: async () => 'hello' };
    });

    await assert.rejects(port.greet('you'), /no such file/);
    assert.equal(await port.greet('you'), 'hello');
  });
});
