import type { RunRequest } from '../run/request.ts';
import { asSentence } from '../words/sentence.ts';
import { objectionsIn } from './evaluate.ts';
import type { Proposal } from './proposal.ts';

/**
 * Whether probes find the Region well that a signal speaks of. Such a signal joins no run: it would let keys follow that a person was
 * asked about, on the word of an alarm which is about something else.
 */
export const isRefuted = ({ judgement }: Proposal): boolean =>
  judgement !== undefined && objectionsIn(judgement).some(({ rule }) => rule === 'SOURCE_HEALTHY');

/**
 * What is decided about a signal that asks for nothing but what another one of the same trouble was given.
 * @param request that one's
 * @param because how its run stands, in a clause
 */
export const alreadyLeaving = (request: RunRequest, runId: string, because: string): Proposal => {
  const { fleet, source, target } = request;
  const why = `another signal of the same trouble has fleet ${fleet} leave ${source} for ${target}, in run ${runId}: ${because}`;
  return { decision: 'ignore', fleet, request, rule: 'ALREADY_STARTED', why: asSentence(why), liftedBy: [] };
};
