import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOn, type StopSwitch } from '../../../core/decision/switch.ts';

const thrown: StopSwitch = { scope: 'global', owner: 'anna', reason: 'a fair', thrownAt: 0, expiresAt: 100 };

describe('A stop switch', () => {
  it('is on until its end', () => assert.deepEqual([isOn(thrown, 0), isOn(thrown, 99), isOn(thrown, 100)], [true, true, false]));

  it('is off when nobody has thrown it', () => assert.equal(isOn(undefined, 0), false));

  it('is off when it was taken back', () => assert.equal(isOn({ ...thrown, takenBack: { by: 'anna', at: 1 } }, 2), false));
});
