import { type Intent, isExpired, opened } from '../../core/coordination/intent.ts';
import { sharedRun } from '../../core/coordination/shared-run.ts';
import { alreadyLeaving, isRefuted } from '../../core/decision/already-leaving.ts';
import { known } from '../../core/decision/known.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import type { Begun, Situation } from '../../core/decision/situation.ts';
import { survey } from '../../core/decision/survey.ts';
import { regionWatchedBy } from '../../core/fleet/alarm.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { Region } from '../../core/region.ts';
import { intentId, runName } from '../../core/run/name.ts';
import type { Operation } from '../../core/run/operation.ts';
import { type RunRequest, regionsOf } from '../../core/run/request.ts';
import { dedupeKeyOf, incidentOfSignal, operationOf, signalInWords } from '../../core/signal/identity.ts';
import { parseSignal } from '../../core/signal/parse.ts';
import type { Signal } from '../../core/signal/signal.ts';
import type { Judged, Verdict } from '../../core/verdict/verdict.ts';

/** What is taken for granted while signals are replayed. */
export interface Assumptions {
  readonly fleets: ReadonlyMap<string, Fleet>;
  /** Epoch milliseconds; without it each signal is judged at the time of its own envelope. */
  readonly now?: number;
  /** What the probes say of the Region in trouble, and of every other one. */
  readonly probe: { readonly source?: Verdict; readonly target?: Verdict };
}

/** What became of one line of the file. */
export type Replayed =
  | {
      readonly kind: 'judged';
      readonly line: number;
      readonly at: number;
      readonly what: string;
      readonly operation?: Operation;
      readonly proposals: readonly Proposal[];
    }
  | { readonly kind: 'unreadable'; readonly line: number; readonly problems: readonly string[] };

/** EventBridge's events are at most 1 MB, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html; more is no event. */
const LINE_CHARACTERS_MAX = 1_100_000;

/**
 * Judges signals one after the other, as if the fleets were at home and nothing had been done for any incident but what this replay
 * decided to start. As in `trigger`, a further signal of the same trouble joins what was started, as long as an intent is open. Makes
 * one who takes a line, its number counted from 1.
 */
export const replayer = (assumptions: Assumptions): ((text: string, line: number) => Replayed) => {
  const seen = new Set<string>();
  const intents = new Map<string, Intent>();
  /** What each incident was given, by fleet and incident. */
  const given = new Map<string, RunRequest>();
  const begunFor = (fleetName: string, incident: string, now: number): Begun | undefined => {
    const request = given.get(`${fleetName}/${incident}`);
    const intent = request && intents.get(intentId(request));
    const hasRunOut = intent !== undefined && intent.request.incident !== incident && isExpired(intent, now);
    return intent === undefined || hasRunOut ? undefined : { runId: firstRunOf(intent.request), state: 'open' };
  };
  const judged = (text: string, line: number): Replayed => {
    const unreadable = (problems: readonly string[]): Replayed => ({ kind: 'unreadable', line, problems });
    if (text.length > LINE_CHARACTERS_MAX)
      return unreadable([
        `the line is too long: expected an event of at most 1 MB, which is what EventBridge delivers; got ${text.length.toLocaleString('en-US')} characters.`,
      ]);
    const raw = read(text);
    if (raw === undefined)
      return unreadable([
        'expected one event on the line, written in JSON as EventBridge delivers it; `jq -c .` puts an event of many lines on one.',
      ]);
    const reading = parseSignal(raw);
    if (reading.kind === 'malformed') return unreadable(reading.problems);
    const at = assumptions.now ?? (reading.kind === 'signal' ? reading.signal.at : reading.at);
    if (at === undefined) return unreadable(['time: expected a date such as 2026-10-20T07:41:00Z, or --now; got nothing.']);
    if (reading.kind === 'foreign')
      return { kind: 'judged', line, at, what: reading.what, proposals: survey(reading, new Map(), notAsked) };

    const { signal } = reading;
    const key = dedupeKeyOf(signal);
    const isDuplicate = key !== undefined && seen.has(key);
    if (key !== undefined) seen.add(key);
    const incident = incidentOfSignal(signal) ?? '';
    const proposals = survey(reading, assumptions.fleets, (name, fleet) => ({
      ...quiet(signal, name, fleet, at, assumptions.probe),
      begun: begunFor(name, incident, at),
      isDuplicate,
    })).map((proposal): Proposal => {
      const { decision, fleet, request } = proposal;
      if (request === undefined) return proposal;
      const shared = isRefuted(proposal) ? undefined : sharedRun(undefined, request, intents, at);
      if (shared === undefined && decision !== 'start') return proposal;
      given.set(`${fleet}/${incident}`, shared ?? request);
      if (shared !== undefined) return alreadyLeaving(shared, firstRunOf(shared), 'this replay has started it');
      intents.set(intentId(request), opened(request, at));
      return proposal;
    });
    const operation = operationOf(signal);
    return { kind: 'judged', line, at, what: signalInWords(signal), ...(operation === undefined ? {} : { operation }), proposals };
  };
  return judged;
};

const firstRunOf = (request: RunRequest): string => runName(intentId(request), 1);

const notAsked = (): never => {
  throw new Error('unreachable: no fleet was given');
};

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The fleet at home, with nothing in the way, and the verdicts that were asked for. */
const quiet = (signal: Signal, fleetName: string, fleet: Fleet, now: number, probe: Assumptions['probe']): Situation => {
  const source = inTrouble(signal, fleet);
  const verdicts = regionsOf(fleet).map((region): readonly [Region, Judged] => {
    const verdict = region === source ? probe.source : probe.target;
    return [region, verdict === undefined ? { verdict: 'unknown', why: 'no --probe says' } : { verdict, why: '--probe says so' }];
  });
  return {
    fleetName,
    fleet,
    now,
    primaries: known(new Map([[fleet.home, 1]])),
    verdicts: new Map(verdicts),
    incidents: known([]),
    stopAlarms: known([]),
    switches: known([]),
    lease: known(undefined),
    history: known({}),
    lastMoveOpen: known(false),
    eligibility: known({ eligible: 1, looked: 1, because: [] }),
    homeHealthySince: known(undefined),
  };
};

/** The Region that a signal speaks of; the home where it names none of the fleet's. */
const inTrouble = (signal: Signal, fleet: Fleet): Region => {
  if (signal.kind === 'alarm') return regionWatchedBy(fleet, signal.alarm) ?? fleet.home;
  const named = signal.kind === 'health' ? signal.event.eventRegion : undefined;
  return regionsOf(fleet).find((region) => region === named) ?? fleet.home;
};
