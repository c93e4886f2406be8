import type { LifecycleEvent } from '../../../core/events/lifecycle.ts';
import { isGreenResult } from '../../../core/outcome/outcome.ts';
import type { Bus } from '../../../core/ports/bus.ts';
import type { Runtime } from '../runtime.ts';
import type { Measurement } from './metrics.ts';

/** The bus, which also measures what it was given as soon as it has taken it: what people are told and what they see agree. */
export const measuringBus = ({ bus, measure }: Pick<Runtime, 'bus' | 'measure'>): Bus => ({
  put: async (events) => {
    await bus.put(events);
    for (const event of events) {
      const measurement = figuresOf(event as LifecycleEvent);
      if (measurement !== undefined) measure(measurement);
    }
  },
});

/** What a lifecycle event has in figures; undefined when it has none. */
export const figuresOf = (event: LifecycleEvent): Measurement | undefined => {
  switch (event.detailType) {
    case 'Run Finished': {
      const { fleet, operation, result, outcomes, startedAt, lastVerifiedAt } = event.detail;
      const notGreen = isGreenResult(result) ? 0 : 1;
      return {
        fleet,
        figures: {
          RunsFinished: 1,
          RunsNotGreen: notGreen,
          ...(operation === 'drill' ? { DrillsFinished: 1, DrillsNotGreen: notGreen } : {}),
          KeysPromoted: outcomes.promoted,
          KeysAlreadyPrimary: outcomes['already-primary'],
          KeysUnproven: outcomes.unproven,
          KeysIneligible: outcomes.ineligible,
          KeysBlocked: outcomes.blocked,
          KeysHalted: outcomes.halted,
          KeysFailed: outcomes.failed,
          ...(lastVerifiedAt === undefined ? {} : { SecondsToLastVerified: (lastVerifiedAt - startedAt) / 1000 }),
        },
      };
    }
    case 'Approval Requested':
      return { fleet: event.detail.fleet, figures: { ApprovalsRequested: 1 } };
    case 'Unordered Promotion': {
      const { fleet } = event.detail;
      return { ...(fleet === undefined ? {} : { fleet }), figures: { UnorderedPromotions: 1 } };
    }
    default:
      return undefined;
  }
};
