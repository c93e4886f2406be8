import type { z } from 'zod';
import { approvalRequested } from './approval-requested.ts';
import { decisionMade } from './decision-made.ts';
import { keysBlocked } from './keys-blocked.ts';
import { runFinished } from './run-finished.ts';
import { runStarted } from './run-started.ts';
import { stageFinished } from './stage-finished.ts';
import { unorderedPromotion } from './unordered-promotion.ts';

/** What is put on the bus, by the detail-type that a rule matches on, each with the closed schema of its detail. */
export const LIFECYCLE_EVENTS = {
  'Decision Made': decisionMade,
  'Approval Requested': approvalRequested,
  'Run Started': runStarted,
  'Stage Finished': stageFinished,
  'Keys Blocked': keysBlocked,
  'Run Finished': runFinished,
  'Unordered Promotion': unorderedPromotion,
} as const;

export type LifecycleEventType = keyof typeof LIFECYCLE_EVENTS;

/** One event, as a function announces it. */
export type LifecycleEvent = {
  readonly [Type in LifecycleEventType]: { readonly detailType: Type; readonly detail: z.output<(typeof LIFECYCLE_EVENTS)[Type]> };
}[LifecycleEventType];
