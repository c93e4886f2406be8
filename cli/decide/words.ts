import { styleText } from 'node:util';
import type { Verb } from '../../core/decision/decision.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import { expiredExceptions } from '../../core/fleet/exception.ts';
import { referencedKey } from '../../core/fleet/key-reference.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { instant } from '../../core/words/time.ts';
import { visible } from '../visible.ts';
import type { Replayed } from './replay.ts';

type Judged = Extract<Replayed, { kind: 'judged' }>;

const COLOURS = { start: 'red', approve: 'yellow', observe: 'cyan', ignore: 'dim' } as const satisfies Record<
  Verb,
  Parameters<typeof styleText>[0]
>;

/** A judged signal for a terminal: what came, and for each fleet what would be done, and why. */
export const judgedInWords = ({ line, at, what, proposals }: Judged): string =>
  [`${styleText('bold', `line ${line}`)}  ${instant(at)}  ${visible(what)}`, ...proposals.flatMap(proposalInWords), ''].join('\n');

const proposalInWords = ({ decision, fleet, request, rule, why, liftedBy }: Proposal): readonly string[] => {
  const move = request === undefined ? '' : `  ${request.operation} ${request.source} → ${request.target}`;
  return [
    `  ${styleText(COLOURS[decision], decision.padEnd(8))}${fleet === '' ? 'no fleet' : `fleet ${fleet}`}${move}  [${rule}]`,
    `    ${visible(why)}`,
    ...liftedBy.map((words) => `    What lifts it: ${visible(words)}.`),
  ];
};

/** A judged signal as JSON documents, one a fleet, each on a line of its own. */
export const judgedInJson = ({ line, at, what, operation, proposals }: Judged): string =>
  proposals
    .map((proposal) => visible(JSON.stringify({ line, at: instant(at), signal: what, ...documentOf(proposal, operation) })))
    .join('\n');

const documentOf = ({ decision, fleet, request, rule, why, liftedBy, judgement }: Proposal, asked: Judged['operation']) => ({
  decision,
  fleet,
  operation: request?.operation ?? asked ?? '',
  source: request?.source ?? null,
  target: request?.target ?? null,
  incident: request?.incident ?? null,
  rule,
  why,
  liftedBy,
  guards: judgement === undefined ? null : Object.fromEntries(judgement.answers.map(({ guard, kind }) => [guard, kind])),
});

/** How often each decision came, in one line. */
export const tallyInWords = (tally: ReadonlyMap<Verb, number>, unreadable: number): string => {
  const counted = (['start', 'approve', 'observe', 'ignore'] as const).map((verb) => `${tally.get(verb) ?? 0} ${verb}`);
  const rest = unreadable === 0 ? '' : `; ${unreadable} ${unreadable === 1 ? 'line' : 'lines'} could not be read`;
  return `Nothing was started. Decisions: ${counted.join(', ')}${rest}.`;
};

/** Exceptions of the fleet file that were over when the last signal was judged: a sentence each. */
export const expiredInWords = (fleets: ReadonlyMap<string, Fleet>, now: number): readonly string[] =>
  [...fleets].flatMap(([name, fleet]) =>
    expiredExceptions(fleet, now).map(
      ({ key, owner, expires }) =>
        `Fleet ${name}: the exception for ${referencedKey(key).keyId} (${owner}) ended with ${expires}; the key moves with the fleet again.`,
    ),
  );
