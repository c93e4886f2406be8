import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FleetStopAlarms, ringingOf, withStopAlarm } from '../../../core/coordination/stop-alarms.ts';
import { MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE } from '../../support/keys.ts';
import { ALARM } from '../../support/signals.ts';

const OTHER = `${ALARM}-other`;
const change = (state: string, minutes: number, arn = ALARM) => ({
  arn,
  name: arn,
  region: SOURCE,
  state,
  since: MORNING + minutes * MINUTE_MS,
});
const HEARD = MORNING + 10 * MINUTE_MS;
const after = (...changes: ReadonlyArray<ReturnType<typeof change>>): FleetStopAlarms | undefined =>
  changes.reduce<FleetStopAlarms | undefined>((all, said) => withStopAlarm(all, said, [ALARM, OTHER], HEARD) ?? all, undefined);
const ringing = (all: FleetStopAlarms | undefined, arns: readonly string[] = [ALARM, OTHER]) => ringingOf(all, arns).map(({ arn }) => arn);

describe('The stop alarms of a fleet', () => {
  it('ring from ALARM to OK, also where the data is lost in between', () => {
    assert.deepEqual(ringing(after(change('ALARM', 0))), [ALARM]);
    assert.deepEqual(ringing(after(change('ALARM', 0), change('INSUFFICIENT_DATA', 1))), [ALARM]);
    assert.deepEqual(ringing(after(change('ALARM', 0), change('OK', 1))), []);
    assert.deepEqual(ringing(after(change('INSUFFICIENT_DATA', 1))), []);
  });

  it('are told one by one, in any order and more than once', () => {
    assert.deepEqual(ringing(after(change('OK', 1), change('ALARM', 0))), []);
    assert.deepEqual(ringing(after(change('ALARM', 0), change('ALARM', 0, OTHER), change('OK', 1, OTHER))), [ALARM]);
    assert.equal(withStopAlarm(after(change('ALARM', 0)), change('ALARM', 0), [ALARM], HEARD), undefined);
  });

  it('that are dated ahead are over when they say so', () => {
    const ahead = withStopAlarm(undefined, change('ALARM', 300), [ALARM], HEARD);

    assert.deepEqual(ringing(withStopAlarm(ahead, change('OK', 11), [ALARM], HEARD + MINUTE_MS)), []);
  });

  it('count no longer when the fleet names them no longer, and are forgotten', () => {
    const all = after(change('ALARM', 0));

    assert.deepEqual(ringing(all, [OTHER]), []);
    assert.deepEqual(
      withStopAlarm(all, change('OK', 1, OTHER), [OTHER], HEARD)?.alarms.map(({ arn }) => arn),
      [OTHER],
    );
  });
});
