import type { RunRequest } from '../run/request.ts';
import { isFor, isSameWay } from './shared-run.ts';
import { type FleetWatch, type Question, type Watch, withWatch } from './watch.ts';

/** The incidents that go on and that a run is for. */
export const goingOnFor = (all: FleetWatch | undefined, run: RunRequest): readonly Watch[] =>
  (all?.watches ?? []).filter((watch) => watch.overAt === undefined && isFor(watch, run));

/**
 * Everything that was heard, with a question about a run noted at the incidents that go on and that the run is for. Where people are
 * asked already about one of them, or about another run that does the same, that question stands, and is noted instead.
 * @param pointless decisions whose questions nobody answers any more
 * @returns `all`: undefined when nothing changes; `question`: the one that stands; undefined when all of the incidents are over
 */
export const withQuestion = (
  all: FleetWatch | undefined,
  mine: Question,
  pointless: ReadonlySet<string>,
  now: number,
): { readonly all: FleetWatch | undefined; readonly question: Question | undefined } => {
  const concerned = goingOnFor(all, mine.request);
  if (concerned.length === 0) return { all: undefined, question: undefined };
  // Nor its own: who asks again may have died over it, and been replaced since.
  const fallen = new Set([mine.decision, ...pointless, ...needlessQuestions(all, now)]);
  const standing = all?.watches.flatMap((watch) => {
    const { question } = watch;
    if (question === undefined || now >= question.expiresAt || fallen.has(question.decision)) return [];
    return isFor(watch, mine.request) || isSameWay(question.request, mine.request) ? [question] : [];
  });
  const question = standing?.[0] ?? mine;
  const next = concerned
    .filter((watch) => watch.question?.decision !== question.decision || watch.question.expiresAt !== question.expiresAt)
    .reduce<FleetWatch | undefined>(
      (before, { incident }) => withWatch(before ?? all, incident, (watch) => watch && { ...watch, question }, now),
      undefined,
    );
  return { all: next, question };
};

/** The decisions in which people are asked about runs that no incident needs any more: all that each is for are over. */
export const needlessQuestions = (all: FleetWatch | undefined, now: number): readonly string[] => {
  const watches = all?.watches ?? [];
  const isNeeded = (question: Question): boolean =>
    goingOnFor(all, question.request).length > 0 ||
    watches.some((watch) => watch.overAt === undefined && watch.question?.decision === question.decision);
  const needless = watches.flatMap(({ question }) =>
    question !== undefined && now < question.expiresAt && !isNeeded(question) ? [question.decision] : [],
  );
  return [...new Set(needless)];
};
