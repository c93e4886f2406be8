import type { LifecycleEvent } from '../events/lifecycle.ts';
import type { DecisionMade } from './decision.ts';

/** What the bus is told of a decision. @param id the name of its record */
export const decisionMade = (id: string, decision: DecisionMade): Extract<LifecycleEvent, { detailType: 'Decision Made' }> => {
  const { fleet, signal, verb, rule, why, liftedBy = [], request, runId, at } = decision;
  const move = request === undefined ? {} : { operation: request.operation, source: request.source, target: request.target };
  return {
    detailType: 'Decision Made',
    detail: {
      eventId: id,
      decision: id,
      fleet,
      signal,
      verb,
      rule,
      why,
      liftedBy: [...liftedBy],
      ...move,
      ...(runId === undefined ? {} : { runId }),
      at,
    },
  };
};
