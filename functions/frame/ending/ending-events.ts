import { INTENT_MS_MAX, type Intent } from '../../../core/coordination/intent.ts';
import type { LifecycleEvent } from '../../../core/events/lifecycle.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { evidencePath } from '../run/evidence-path.ts';

/** An event has room for so many; the evidence has them all. */
const NOTES_MAX = 50;
const NOTE_CHARACTERS_MAX = 4_096;

/** What the bus is told of a run that is over: that it is, and of keys that have to wait. @param intent as the run left it */
export const endingEvents = (evidence: Evidence, intent: Intent['state']): readonly LifecycleEvent[] => [
  ...(evidence.outcomes.blocked > 0 ? [blocked(evidence, intent)] : []),
  finished(evidence),
];

const finished = (evidence: Evidence): LifecycleEvent => {
  // Whom the event reaches has the seal, which stands for the rest of what holds the evidence together.
  const { controlRegion, keysSha256, previous, crypto, firstVerifiedAt, lastVerifiedAt, notes, ...told } = evidence;
  return {
    detailType: 'Run Finished',
    detail: {
      eventId: `${evidence.runId}/finished`,
      ...told,
      ...(crypto === undefined ? {} : { crypto: { calls: crypto.calls, failed: crypto.failed } }),
      ...(firstVerifiedAt === undefined ? {} : { firstVerifiedAt }),
      ...(lastVerifiedAt === undefined ? {} : { lastVerifiedAt }),
      evidence: evidencePath(evidence.runId),
      notes: notes.slice(0, NOTES_MAX).map((note) => note.slice(0, NOTE_CHARACTERS_MAX)),
    },
  };
};

const blocked = (evidence: Evidence, intent: Intent['state']): LifecycleEvent => {
  const { runId, fleet, operation, source, target, incident, outcomes, blockedWithoutProof, reasons } = evidence;
  return {
    detailType: 'Keys Blocked',
    detail: {
      eventId: `${runId}/blocked`,
      runId,
      fleet,
      operation,
      source,
      target,
      incident,
      blocked: outcomes.blocked,
      withoutProof: blockedWithoutProof,
      reasons,
      meaning: `The primary role of ${outcomes.blocked} keys cannot move now. That is no outage of their data: in ${target}, use of ${outcomes.blocked - blockedWithoutProof} of them was proven just now, and of ${blockedWithoutProof} it could not be.`,
      next:
        intent === 'open'
          ? `The intent stays open: a tick looks every minute, and the next run starts when their Region answers again, for ${INTENT_MS_MAX / 3_600_000} h at most.`
          : 'The intent is closed, since a person stopped the run: nothing moves these keys by itself. Who starts the run again with the same reason goes on with it.',
      at: evidence.endedAt,
    },
  };
};
