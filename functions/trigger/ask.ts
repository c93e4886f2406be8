import { needlessQuestions } from '../../core/coordination/shared-question.ts';
import { objections } from '../../core/decision/evaluate.ts';
import { verdictIn } from '../../core/decision/verdict-in.ts';
import type { KeyRef } from '../../core/key/key.ts';
import { APPROVAL_MS, question } from '../../core/operator/question.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { instant } from '../../core/words/time.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Look } from './look.ts';
import { type Answer, type Made, onRecord } from './settle.ts';
import { sharingOf } from './shared.ts';
import type { Subject } from './subject.ts';
import { claimQuestion, watchesOf, withdraw } from './watches.ts';

/** A run that needs a person's agreement. */
export type ToBeAsked = Answer & { readonly request: RunRequest };

/** What was seen of the fleet when the question came up. */
export interface Seen extends Pick<Look, 'verdicts'> {
  readonly keys: readonly KeyRef[];
}

/** Puts the question to a person: with everything that they need to answer, and until when they may. */
export const ask = (
  runtime: Runtime,
  { fleet }: Pick<Subject, 'fleet'>,
  id: string,
  proposal: ToBeAsked,
  { keys, verdicts }: Seen,
): Made => {
  const { request, why, judgement } = proposal;
  const expiresAt = runtime.clock.now() + APPROVAL_MS;
  const asked = question({
    id,
    request,
    why,
    objections: judgement === undefined ? proposal.liftedBy : objections(judgement),
    keys: keys.length,
    accounts: new Set(keys.map(({ account }) => account)).size,
    ratePerSecond: fleet.ratePerSecond,
    sourceVerdict: verdictIn(verdicts, request.source).verdict,
    expiresAt,
    approveUrl: runtime.approveUrl,
  });
  return { decision: { ...onRecord(proposal), approval: { expiresAt, state: 'open' } }, events: [asked] };
};

/** The same about an incident: of one trouble a person is asked once at a time, however many incidents tell of it, and not at all when it is over. */
export const askAboutIncident = async (runtime: Runtime, subject: Subject, id: string, proposal: ToBeAsked, look: Look): Promise<Made> => {
  const { name } = subject;
  const { request } = proposal;
  const expiresAt = runtime.clock.now() + APPROVAL_MS;
  const open = await claimQuestion(runtime, { decision: id, expiresAt, request });
  if (open === undefined)
    return {
      decision: onRecord({
        ...proposal,
        decision: 'ignore',
        rule: 'ENDED',
        why: `${proposal.why} The incident is over, so nobody is asked.`,
      }),
    };
  if (open.decision !== id) {
    const why = `${proposal.why} A person was asked already, in decision ${open.decision}, and may answer until ${instant(open.expiresAt)}.`;
    return { decision: onRecord({ ...proposal, why }) };
  }
  const stillAsked = async () => {
    const all = await watchesOf(runtime, name);
    if (needlessQuestions(all, runtime.clock.now()).includes(id)) await withdraw(runtime, id, 'its incident is over');
    else if ((await sharingOf(runtime, request))(all) !== undefined)
      await withdraw(runtime, id, 'a run was started for another incident of the same trouble');
  };
  return { ...ask(runtime, subject, id, proposal, look), afterwards: stillAsked };
};
