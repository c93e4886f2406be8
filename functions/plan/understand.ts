import type { Intent } from '../../core/coordination/intent.ts';
import type { Start } from '../../core/decision/start.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { FoundKey } from '../../core/inventory/inventory.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { type ConsoleInput, parseConsoleInput } from '../../core/run/console-input.ts';
import { fitToFleet } from '../../core/run/fit-to-fleet.ts';
import { type RunRequest, regionsOf } from '../../core/run/request.ts';
import { requestFrom } from '../../core/run/request-from.ts';
import { loadFleets } from '../frame/fleets.ts';
import { whereabouts } from '../frame/keys/whereabouts.ts';
import type { Runtime } from '../frame/runtime.ts';
import { InvalidRequestError } from './errors.ts';

/** What was asked for, read without having looked at a key. */
export interface Understood {
  readonly input: ConsoleInput;
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly fleet: Fleet;
  readonly start: Start;
  /** What `trigger` noted of the run; undefined when a person started it. */
  readonly announced: AnnouncedRun | undefined;
}

/** Reads what a run was started with, and who started it. @throws InvalidRequestError, WrongFleetFileError */
export const understood = async (runtime: Runtime, runId: string, raw: unknown): Promise<Understood> => {
  const parsed = parseConsoleInput(raw);
  if ('problems' in parsed) throw new InvalidRequestError(parsed.problems);
  const fleets = await loadFleets(runtime);
  const fitting = fitToFleet(parsed.input, fleets);
  if ('problems' in fitting) throw new InvalidRequestError(fitting.problems);
  const announced = (await runtime.table.read<AnnouncedRun>('run', runId))?.value;
  return { input: parsed.input, fleets, fleet: fitting.fleet, start: startOf(announced), announced };
};

/** A run that was not announced under its name was started by a person. A note that nobody can make sense of gets no more rights than a signal. */
const startOf = (announced: AnnouncedRun | undefined): Start => {
  switch (announced?.start) {
    case undefined:
    case 'person':
      return { by: 'person' };
    case 'approval':
      return { by: 'approval', approvedBy: announced?.approvedBy };
    case 'schedule':
    case 'follow-up':
      return { by: announced?.start };
  }
  return { by: 'signal' };
};

/**
 * What the run shall do. Who asks again in the same words means the same as before, although keys have moved meanwhile; for
 * others the source is read from KMS.
 * @throws InvalidRequestError
 */
export const requested = async (
  runtime: Runtime,
  { input, fleet, announced }: Understood,
  keys: readonly FoundKey[],
): Promise<RunRequest> => {
  const { fleet: name, operation, target, reason: incident } = input;
  if (announced !== undefined && target !== undefined) return { fleet: name, operation, source: announced.source, target, incident };
  const known = await askedBefore(runtime, input);
  if (known !== undefined) return known;
  const made = requestFrom(input, fleet, await whereabouts(runtime, keys, regionsOf(fleet)));
  if ('problems' in made) throw new InvalidRequestError(made.problems);
  return made.request;
};

const askedBefore = async (runtime: Runtime, { fleet, operation, target, reason }: ConsoleInput): Promise<RunRequest | undefined> => {
  const intents = (await runtime.table.list<Intent>('intent')).map(({ value }) => value);
  return intents
    .toSorted((a, b) => b.openedAt - a.openedAt)
    .map(({ request }) => request)
    .find(
      (request) =>
        request.fleet === fleet &&
        request.operation === operation &&
        request.incident === reason &&
        (target === undefined || request.target === target),
    );
};
