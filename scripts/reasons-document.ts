import { ADVICE } from '../core/outcome/advice.ts';
import { type OutcomeKind, REASONS } from '../core/outcome/reasons.ts';
import { markdownTable } from './markdown-table.ts';

/** The document of outcomes and reason codes, in Markdown, formatted as the repository's formatter wants it. */
export const reasonsDocument = (): string => {
  const kinds = Object.keys(ADVICE) as OutcomeKind[];
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
  const { says, toDo } = ADVICE[kind];
  const rows = Object.entries(REASONS).flatMap(([code, { outcome, meaning }]) => (outcome === kind ? [[`\`${code}\``, meaning]] : []));
  return [
    '',
    `## ${kind}`,
    '',
    `${says} **To do:** ${toDo ?? 'Nothing.'}`,
    ...(rows.length > 0 ? ['', ...markdownTable(['code', 'what is so'], rows)] : []),
  ];
};
