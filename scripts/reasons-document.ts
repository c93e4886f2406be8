import { type OutcomeKind, REASONS } from '../core/outcome/reasons.ts';
import { markdownTable } from './markdown-table.ts';

/** What each outcome says of a key, and what a person has to do about it. */
const OUTCOMES: Readonly<Record<OutcomeKind, { readonly says: string; readonly todo: string }>> = {
  promoted: { says: 'The key moved in this run and was proven to work in the target.', todo: 'Nothing.' },
  'already-primary': { says: 'The key is where it shall be, and the run did not move it.', todo: 'Nothing.' },
  unproven: {
    says: 'The key moved, and its proof is missing.',
    todo: 'Use the key in the target. PROOF_FAILED is serious: what was encrypted before the move has to decrypt after it.',
  },
  ineligible: {
    says: 'The key did not move, because a condition of KMS, of a policy or of the fleet file is not met.',
    todo: 'Meet the condition that the reason names, then start the run anew; the keys that moved are left alone.',
  },
  blocked: {
    says: 'The key cannot move now. Its use in the target was tried, and the evidence says whether it works.',
    todo: 'Nothing at first: the intent stays open for 24 hours, and the minute tick starts the next run when KMS answers for these keys again.',
  },
  halted: { says: 'The run ended before it was done with this key.', todo: 'Look at who or what ended the run, then start it anew.' },
  failed: {
    says: 'KMS said no for good, or nobody can say what became of the call.',
    todo: 'Read KMS’s words in the evidence, and describe the key.',
  },
};

/** The document of outcomes and reason codes, in Markdown, formatted as the repository's formatter wants it. */
export const reasonsDocument = (): string => {
  const kinds = Object.keys(OUTCOMES) as OutcomeKind[];
  return [
    '# Outcomes and reason codes',
    '',
    '<!-- Written by scripts/write-reasons-doc.ts from core/outcome/reasons.ts. Do not edit. -->',
    '',
    'Every key of a plan ends in exactly one of seven outcomes; all but `promoted` carry a reason code. A run is green only when every key is `promoted` or `already-primary`.',
    ...kinds.flatMap(section),
    '',
  ].join('\n');
};

const section = (kind: OutcomeKind): string[] => {
  const { says, todo } = OUTCOMES[kind];
  const rows = Object.entries(REASONS).flatMap(([code, { outcome, meaning }]) => (outcome === kind ? [[`\`${code}\``, meaning]] : []));
  return [
    '',
    `## ${kind}`,
    '',
    `${says} **To do:** ${todo}`,
    ...(rows.length > 0 ? ['', ...markdownTable(['code', 'what is so'], rows)] : []),
  ];
};
