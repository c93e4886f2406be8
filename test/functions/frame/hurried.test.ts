import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hurried } from '../../../functions/frame/hurried.ts';
import { lazyPort } from '../../../functions/frame/lazy-port.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { keyRef, SOURCE, viewOf } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { runtimeWith } from '../../support/runtime.ts';

describe('Whoever is in a hurry', () => {
  const described = (afterMs: number) => {
    const clock = new VirtualClock(0);
    const { kms } = plainKms([keyRef()], [SOURCE]);
    const describe = async () => {
      await clock.sleep(afterMs);
      return viewOf(SOURCE);
    };
    const runtime = runtimeWith({ clock, kms: { ...kms, describe } });
    return clock.run(hurried(runtime, 4_000).kms.describe({ ...keyRef(), region: SOURCE }));
  };

  it('takes the answer that comes in time', async () => assert.equal((await described(3_999)).kind, 'seen'));

  it('takes no answer in time for none', async () => {
    const late = await described(4_001);

    assert.deepEqual([late.kind, 'code' in late && late.code], ['failure', 'unreachable']);
  });

  it('has all other calls of a port as they are, also of one that is loaded when it is first called', async () => {
    const clock = new VirtualClock(0);
    const { kms } = plainKms([keyRef()], [SOURCE]);
    const lazy = hurried(runtimeWith({ clock, kms: lazyPort(async () => kms) }), 4_000).kms;
    const at = { ...keyRef(), region: SOURCE };

    assert.deepEqual(await clock.run(lazy.rotation(at)), { kind: 'rotation', running: false });
    assert.equal((await clock.run(lazy.describe(at))).kind, 'seen');
  });
});
