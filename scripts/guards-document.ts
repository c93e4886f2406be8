import { AFTERCARE_RULES } from '../core/decision/aftercare.ts';
import type { Guard, Objection } from '../core/decision/guard.ts';
import { GUARDS } from '../core/decision/guards/guards.ts';
import { RULES, type Rule } from '../core/decision/rules.ts';
import { markdownTable } from './markdown-table.ts';

const RULE_HEAD = ['rule', 'decision', 'what is so', 'what lifts it'] as const;
const ANSWERS: Readonly<Record<Objection['answer'], string>> = { refuse: 'no', unknown: 'not known' };

/** The document of guards and rules, in Markdown, formatted as the repository's formatter wants it. */
export const guardsDocument = (): string =>
  [
    '# Guards and rules',
    '',
    '<!-- Written by scripts/write-guards-doc.ts from core/decision. Do not edit. -->',
    '',
    'A signal never starts a run by itself. It makes `trigger` look, and every guard is asked; `plan` asks them all again, because a start from the console never passes `trigger`. A guard passes, says no, or says that it is not known. What is not known never starts anything.',
    '',
    'What comes of a signal is one of four decisions: `start` a run; `approve`: ask a person first; `observe`: do nothing, and say what stands in the way; `ignore`: there is nothing to decide. Of several objections, `observe` outweighs `approve`; of equal ones the first in the table gives the decision its rule. A drill that is due on a schedule asks nobody: what would ask a person skips it.',
    '',
    'A person’s start is not turned into anything else: it is refused by any objection, with the sentence below and what lifts it. Most objections bind only what no person has agreed to. Where the last column says so, the person who starts a run may set an objection aside by naming the guard in `override`.',
    '',
    '## The guards',
    '',
    ...markdownTable(
      ['guard', 'what it asks', 'why'],
      GUARDS.map(({ name, asks, because }) => [`\`${name}\``, asks, because]),
    ),
    ...GUARDS.flatMap(sectionOf),
    '',
    '## Rules that are no guard’s',
    '',
    ...markdownTable(RULE_HEAD, ownRules().map(rowOfRule)),
    '',
    '## Rules about what is under way',
    '',
    'No signal is judged by these: they say what the tick and the records of AWS made `trigger` do about intents, runs and promotions that were there already.',
    '',
    ...markdownTable(RULE_HEAD, Object.entries<Rule>(AFTERCARE_RULES).map(rowOfRule)),
    '',
  ].join('\n');

const sectionOf = ({ name, objections }: Guard): string[] => [
  '',
  `### ${name}`,
  '',
  ...markdownTable(
    ['rule', 'answer', 'what is so', 'turns a decision into', 'what lifts it', 'override'],
    Object.entries<Objection>(objections).map(([code, { answer, means, turnsInto, liftedBy, overridable }]) => [
      `\`${code}\``,
      ANSWERS[answer],
      means,
      `\`${turnsInto}\``,
      liftedBy,
      overridable === true ? 'yes' : 'no',
    ]),
  ),
];

const ownRules = (): ReadonlyArray<readonly [string, Rule]> => {
  const ofGuards = new Set(GUARDS.flatMap(({ objections }) => Object.keys(objections)));
  return Object.entries<Rule>(RULES).filter(([code]) => !ofGuards.has(code));
};

const rowOfRule = ([code, { decision, means, liftedBy }]: readonly [string, Rule]): string[] => [
  `\`${code}\``,
  `\`${decision}\``,
  means,
  liftedBy ?? '',
];
