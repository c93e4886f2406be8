import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../../simulator/asl/json.ts';
import { machine, run } from '../machine.ts';

const waits = (wait: JsonObject, input: JsonObject = {}) => run(machine('Wait', { Wait: { Type: 'Wait', ...wait, End: true } }), input);

describe('A Wait', () => {
  it('waits for seconds, fixed or from the data', async () => {
    assert.equal((await waits({ Seconds: 90 })).tookMs, 90_000);
    assert.equal((await waits({ SecondsPath: '$.pause' }, { pause: 7 })).tookMs, 7_000);
  });

  it('waits until a moment, fixed or from the data, and not at all when it has passed', async () => {
    assert.equal((await waits({ Timestamp: '2026-10-20T07:02:00Z' })).tookMs, 120_000);
    assert.equal((await waits({ TimestampPath: '$.at' }, { at: '2026-10-20T07:00:01.500Z' })).tookMs, 1_500);
    assert.equal((await waits({ TimestampPath: '$.at' }, { at: '2020-01-01T00:00:00Z' })).tookMs, 0);
  });

  it('can wait for longer than a native timer can', async () => {
    assert.equal((await waits({ Seconds: 30 * 86_400 })).tookMs, 30 * 86_400_000);
  });

  it('ends the execution with States.Runtime when the data does not say how long', async () => {
    assert.equal((await waits({ SecondsPath: '$.pause' }, { pause: 1.5 })).error, 'States.Runtime');
    assert.equal((await waits({ TimestampPath: '$.at' }, { at: 'tomorrow' })).error, 'States.Runtime');
    assert.equal((await waits({ TimestampPath: '$.at' })).error, 'States.Runtime');
  });

  it('hands its input on', async () => {
    assert.deepEqual((await waits({ Seconds: 1 }, { x: 1 })).output, { x: 1 });
  });
});
