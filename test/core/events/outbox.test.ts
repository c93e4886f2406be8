import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LifecycleEvent } from '../../../core/events/lifecycle.ts';
import { OUTBOX_EVENTS_MAX, withoutSent, withWaiting } from '../../../core/events/outbox.ts';

const event = (eventId: string): LifecycleEvent => ({
  detailType: 'Stage Finished',
  detail: { eventId, runId: 'run-1', fleet: 'payments', stage: 'rest', keys: 5, concluded: 5, at: 0 },
});
const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => event(`event-${from + index}`));

describe('the outbox', () => {
  it('keeps events behind those that wait already', () => {
    const { outbox } = withWaiting({ waiting: [event('a')] }, [event('b')]);
    assert.deepEqual(
      outbox.waiting.map(({ detail }) => detail.eventId),
      ['a', 'b'],
    );
  });

  it('takes an event once, however often a step that is repeated announces it', () => {
    const { outbox } = withWaiting({ waiting: [event('a')] }, [event('a')]);
    assert.equal(outbox.waiting.length, 1);
  });

  it('says which events it has no room for', () => {
    const { outbox, tooMany } = withWaiting({ waiting: many(0, OUTBOX_EVENTS_MAX) }, [event('late')]);
    assert.equal(outbox.waiting.length, OUTBOX_EVENTS_MAX);
    assert.deepEqual(
      tooMany.map(({ detail }) => detail.eventId),
      ['late'],
    );
  });

  it('lets go of what was sent, and of nothing that came meanwhile', () => {
    assert.deepEqual(withoutSent({ waiting: [event('a'), event('b')] }, [event('a')]), { waiting: [event('b')] });
  });

  it('is left alone when somebody else has emptied it', () => {
    assert.equal(withoutSent({ waiting: [event('b')] }, [event('a')]), undefined);
    assert.equal(withoutSent(undefined, [event('a')]), undefined);
  });
});
