import type { Circumstances } from '../../core/decision/circumstances.ts';
import { evaluate, objections } from '../../core/decision/evaluate.ts';
import { unknown } from '../../core/decision/known.ts';
import { verdictIn } from '../../core/decision/verdict-in.ts';
import type { FoundKey } from '../../core/inventory/inventory.ts';
import type { Region } from '../../core/region.ts';
import { type RunRequest, regionsOf, turnedAround } from '../../core/run/request.ts';
import { gatherCircumstances, learnt } from '../frame/deciding/circumstances.ts';
import { healthySinceOf, probed } from '../frame/deciding/probe.ts';
import { sparedRegions } from '../frame/deciding/spared.ts';
import { eligibilityOf } from '../frame/keys/eligibility.ts';
import type { Runtime } from '../frame/runtime.ts';
import { RefusedByGuardError } from './errors.ts';
import { putRefusalOnRecord } from './put-refusal-on-record.ts';
import type { Understood } from './understand.ts';

export interface Question {
  readonly runId: string;
  readonly asked: Understood;
  readonly request: RunRequest;
  readonly keys: readonly FoundKey[];
  /** Whether the run only brings home what an earlier run of the same drill took away. */
  readonly comesHome: boolean;
}

/**
 * Asks the same guards that `trigger` asks: a start from the console never passes there, and what was true then may not be now.
 * What they refuse is put on record.
 * @throws RefusedByGuardError
 */
export const askGuards = async (runtime: Runtime, question: Question): Promise<void> => {
  const judgement = evaluate(await circumstancesOf(runtime, question));
  if (judgement.allowed) return;
  await putRefusalOnRecord(runtime, question, judgement);
  throw new RefusedByGuardError(objections(judgement));
};

const circumstancesOf = async (runtime: Runtime, { runId, asked, keys, ...question }: Question): Promise<Circumstances> => {
  const { fleet, input } = asked;
  // A drill that comes home goes from where it took the keys to where they were, and was agreed to when it left.
  const request = question.comesHome ? turnedAround(question.request) : question.request;
  const start = question.comesHome ? ({ by: 'follow-up' } as const) : asked.start;
  // What goes on with an intent goes on however its Regions are: what cannot move is parked. A probe would only hold it up.
  const verdicts: Circumstances['verdicts'] =
    start.by === 'follow-up' ? new Map() : await probed(runtime, { fleetName: request.fleet, fleet, keys, regions: regionsOf(fleet) });
  const spared = sparedRegions(request, verdicts);
  return gatherCircumstances(runtime, {
    request,
    fleet,
    start,
    runId,
    verdicts,
    eligibility: await eligibilityOf(runtime, { request, fleet, keys, spared }),
    homeHealthySince: await homeHealthySince(runtime, request.fleet, fleet.home, verdicts),
    override: input.override ?? [],
  });
};

/** A home that answers now, and of which no tick has noted since when, is not known to be ill: nobody has watched it. */
const homeHealthySince = async (
  runtime: Runtime,
  fleetName: string,
  home: Region,
  verdicts: Circumstances['verdicts'],
): Promise<Circumstances['homeHealthySince']> => {
  const since = await learnt(healthySinceOf(runtime, fleetName, home));
  const isUnwatched = since.kind === 'known' && since.value === undefined && verdictIn(verdicts, home).verdict === 'healthy';
  return isUnwatched ? unknown('it answers now, and no tick has found it healthy in the last minutes') : since;
};
