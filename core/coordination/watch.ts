import type { Verb } from '../decision/decision.ts';
import type { OpenIncident } from '../decision/incident.ts';
import { staleAfterMs } from '../health/relevance.ts';
import type { Region } from '../region.ts';
import type { RunRequest } from '../run/request.ts';
import type { Signal } from '../signal/signal.ts';

/** The signals that speak of an incident. */
export type IncidentSignal = Extract<Signal, { kind: 'health' | 'alarm' }>;

/** One incident, as a fleet has heard of it. */
export interface Watch {
  /** The incident as a request names it. */
  readonly incident: string;
  /** The Region in trouble. */
  readonly region: Region;
  /** What the signals come from: the alarm's ARN, or the Health event's. Its end is told under this name. */
  readonly origin: string;
  /** The last word on it, which the tick judges again; absent once it is over. */
  readonly signal?: IncidentSignal;
  /** When its source last spoke of it, by the source's own clock. */
  readonly heardAt: number;
  /** When it was over, by the source's own clock; absent while it goes on. */
  readonly overAt?: number;
  /** It was over before, and goes on again. */
  readonly isReopened?: true;
  /** What was decided last, and how often that changed. */
  readonly last?: Answer;
  readonly changes: number;
  /** The decision in which a person was asked, and until when they may answer. */
  readonly question?: Question;
  /** The run that was decided on: one for each incident, whatever each of its communications would choose, or that of another one which it joined. */
  readonly request?: RunRequest;
}

export interface Answer {
  readonly verb: Verb;
  readonly rule: string;
}

export interface Question {
  readonly decision: string;
  readonly expiresAt: number;
  /** The run that they were asked about: also that of another incident of the same trouble. */
  readonly request: RunRequest;
}

/** What a fleet has heard of incidents. Item `watch` / fleet name. */
export interface FleetWatch {
  readonly watches: readonly Watch[];
}

/** No fleet remembers more; the ones that were over first are forgotten first, and none is remembered for longer than this. */
const WATCHES_MAX = 40;
const REMEMBERED_MS = 48 * 3_600_000;

/** What a communication says of an incident that goes on. */
export interface Word extends Pick<Watch, 'incident' | 'region' | 'origin' | 'heardAt'> {
  readonly signal: IncidentSignal;
}

export const watchOf = (all: FleetWatch | undefined, incident: string): Watch | undefined =>
  all?.watches.find((watch) => watch.incident === incident);

/** Everything that was heard, with one watch changed or added. Undefined when that changes nothing. */
export const withWatch = (
  all: FleetWatch | undefined,
  incident: string,
  change: (watch: Watch | undefined) => Watch | undefined,
  now: number,
): FleetWatch | undefined => {
  const before = all?.watches ?? [];
  const changed = change(watchOf(all, incident));
  if (changed === undefined) return undefined;
  const others = before.filter((watch) => watch.incident !== incident && now - watch.heardAt <= REMEMBERED_MS);
  return { watches: [...others, changed].toSorted(byWorth).slice(0, WATCHES_MAX) };
};

/** Those that go on first, then the ones that spoke last. */
const byWorth = (a: Watch, b: Watch): number => Number(a.overAt !== undefined) - Number(b.overAt !== undefined) || b.heardAt - a.heardAt;

/** The watch after a word that the incident goes on. Words come in any order: an older one than the last changes nothing. */
export const heard = (watch: Watch | undefined, word: Word): Watch => {
  if (watch === undefined) return { ...word, changes: 0 };
  if (word.heardAt < watch.heardAt || (watch.overAt !== undefined && word.heardAt <= watch.overAt)) return watch;
  if (watch.overAt === undefined) return { ...watch, ...word };
  const { overAt: _overAt, question: _question, ...rest } = watch;
  return { ...rest, ...word, isReopened: true };
};

/**
 * Everything that was heard, after a source said that its trouble is over: each of its incidents that it last spoke of before. One
 * that nobody heard of yet is noted all the same, so that an older word of it that comes later asks nobody.
 * @returns `all`: undefined when that was known; `over`: the incidents that this word ends, also when it did so before
 */
export const withOver = (
  all: FleetWatch | undefined,
  word: Omit<Word, 'signal'>,
  now: number,
): { readonly all: FleetWatch | undefined; readonly over: readonly Watch[] } => {
  const over = (all?.watches ?? []).filter((watch) => watch.origin === word.origin && watch.heardAt <= word.heardAt);
  const open = over.filter(({ overAt }) => overAt === undefined);
  const isKnown = over.length > 0 || watchOf(all, word.incident) !== undefined;
  if (isKnown && open.length === 0) return { all: undefined, over };
  const ending = open.length > 0 ? open : [{ incident: word.incident, region: word.region, origin: word.origin, changes: 0 }];
  const next = ending.reduce<FleetWatch | undefined>((before, watch) => {
    const { signal: _signal, ...rest }: Partial<Watch> & typeof watch = watch;
    return withWatch(before, watch.incident, () => ({ ...rest, heardAt: word.heardAt, overAt: word.heardAt }), now) ?? before;
  }, all);
  return { all: next, over };
};

/** Whether the source has said that its trouble was over, at that time or later. */
export const wasOver = (all: FleetWatch | undefined, { origin, heardAt }: Pick<Word, 'origin' | 'heardAt'>): boolean =>
  (all?.watches ?? []).some((watch) => watch.origin === origin && watch.overAt !== undefined && watch.overAt >= heardAt);

/** The watch of an incident that had joined the run of another one, and is judged by itself again: as if nothing had been decided yet. */
export const letGo = ({ request: _request, last: _last, question: _question, ...watch }: Watch): Watch => ({
  ...watch,
  changes: watch.changes + 1,
});

/** Whether the incident is over, or its source has said nothing of it for so long that it counts as over. */
export const isOver = ({ overAt, heardAt }: Watch, now: number): boolean => overAt !== undefined || now - heardAt > staleAfterMs;

/** The incidents of a fleet's Regions that go on. */
export const openIncidents = (all: FleetWatch | undefined, now: number): readonly OpenIncident[] =>
  (all?.watches ?? []).filter((watch) => !isOver(watch, now)).map(({ incident, region }) => ({ incident, region }));

/** Answers that only a person or a change of the fleet file lifts: the tick need not look again. */
const LASTING: ReadonlySet<string> = new Set(['POSTURE_OBSERVE', 'POSTURE_APPROVE', 'NO_PRIMARIES_THERE', 'ALREADY_STARTED']);

/** Whether the tick has to judge the incident again: it goes on, no run was decided on, and what stood in the way may pass. */
export const isToBeJudgedAgain = (watch: Watch, now: number): boolean =>
  watch.signal !== undefined &&
  (watch.request === undefined || watch.isReopened === true) &&
  !isOver(watch, now) &&
  !LASTING.has(watch.last?.rule ?? '');
