import type { OutcomeKind } from './reasons.ts';

/** What each outcome says of a key, and what a person has to do about it. */
export const ADVICE: Readonly<Record<OutcomeKind, { readonly says: string; readonly toDo: string | undefined }>> = {
  promoted: { says: 'The key moved in this run and was proven to work in the target.', toDo: undefined },
  'already-primary': { says: 'The key is where it shall be, and the run did not move it.', toDo: undefined },
  unproven: {
    says: 'The key moved, and its proof is missing.',
    toDo: 'Use the key in the target. PROOF_FAILED is serious: what was encrypted before the move has to decrypt after it.',
  },
  ineligible: {
    says: 'The key did not move, because a condition of KMS, of a policy or of the fleet file is not met.',
    toDo: 'Meet the condition that the reason names, then start the run anew; the keys that moved are left alone.',
  },
  blocked: {
    says: 'The key cannot move now. Its use in the target was tried, and the evidence says whether it works.',
    toDo: 'Nothing at first: the intent stays open for 24 hours, and the minute tick starts the next run when KMS answers for these keys again.',
  },
  halted: { says: 'The run ended before it was done with this key.', toDo: 'Look at who or what ended the run, then start it anew.' },
  failed: {
    says: 'KMS said no for good, or nobody can say what became of the call.',
    toDo: 'Read KMS’s words in the evidence, and describe the key.',
  },
};
