import type { Approval, Decision } from '../decision/decision.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../limits.ts';
import type { RunRequest } from '../run/request.ts';
import { instant } from '../words/time.ts';

/** What becomes of an approval that somebody gives. `again`: the same approval, repeated before its run was started. */
export type ApprovalAnswer =
  | { readonly kind: 'approved' | 'again'; readonly decision: Decision; readonly request: RunRequest }
  | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): ApprovalAnswer => ({ kind: 'refused', why });

/**
 * Judges an approval: only an open question that has not run out may be answered, and once. Pure; the caller stores the decision.
 * @param by the ARN of whoever approves
 */
export const approve = (id: string, decision: Decision | undefined, by: string, now: number): ApprovalAnswer => {
  if (decision === undefined) return refused(`There is no decision named ${id}. The request for approval gives its name.`);
  const { approval, request } = decision;
  if (approval === undefined || request === undefined)
    return refused(`Decision ${id} asks for no approval: ${decision.why ?? 'it is still being made'}.`);
  if (approval.state === 'approved') return repeated(id, decision, approval, request, by);
  if (approval.state === 'withdrawn')
    return refused(
      `Decision ${id} was withdrawn${approval.at === undefined ? '' : ` at ${instant(approval.at)}`}: ${approval.by ?? 'its incident is over'}.`,
    );
  if (now >= approval.expiresAt)
    return refused(
      `Decision ${id} could be approved until ${instant(approval.expiresAt)}. If the incident goes on, the next signal asks again.`,
    );
  return { kind: 'approved', decision: { ...decision, approval: { ...approval, state: 'approved', by, at: now } }, request };
};

/** Whoever approved may ask again as long as no run was started: the first time may have died on its way. */
const repeated = (id: string, decision: Decision, approval: Approval, request: RunRequest, by: string): ApprovalAnswer =>
  approval.by === by && decision.runId === undefined
    ? { kind: 'again', decision, request }
    : refused(
        `Decision ${id} was used already: ${approval.by ?? 'somebody'} approved it${approval.at === undefined ? '' : ` at ${instant(approval.at)}`}, and it started ${decision.runId === undefined ? 'a run' : `run ${decision.runId}`}.`,
      );

/** An approval that was given and has started no run. */
export interface Unfinished {
  readonly request: RunRequest;
  readonly by: string;
  /** When it was given. */
  readonly at: number;
}

/** What is left to do of an approval whose operator died: nothing while that may be at work still, nor once its time is over. */
export const unfinished = ({ approval, request, runId }: Decision, now: number): Unfinished | undefined => {
  if (approval?.state !== 'approved' || request === undefined || runId !== undefined) return undefined;
  const { by, at, expiresAt } = approval;
  if (by === undefined || at === undefined || now >= expiresAt || now - at <= FUNCTION_TIMEOUT_SECONDS.operator * 1_000) return undefined;
  return { request, by, at };
};
