import { readFileSync } from 'node:fs';
import { parseFleetFile, type RightText } from '../core/fleet/parse.ts';
import { problemSentence } from '../core/fleet/problem.ts';
import type { Fleet } from '../core/fleet/schema.ts';
import { accountId, type Region } from '../core/region.ts';
import { parseConsoleInput } from '../core/run/console-input.ts';
import { fitToFleet } from '../core/run/fit-to-fleet.ts';
import { OPERATIONS, type Operation } from '../core/run/operation.ts';
import { regionsOf } from '../core/run/request.ts';
import { gotText } from '../core/words/got.ts';
import { parseFault } from '../simulator/faults/parse-fault.ts';
import { namedStory } from '../simulator/story/named/catalog.ts';
import type { AskedFault } from '../simulator/story/scene.ts';
import type { Story } from '../simulator/story/story.ts';
import { WrongUseError } from './wrong-use.ts';

/** The words of the simulate command, as they were written. */
export interface SimulateWords {
  readonly keys: string;
  readonly accounts?: string;
  readonly seed: string;
  readonly operation?: string;
  readonly story?: string;
  readonly fault: readonly string[];
  readonly fleets: string;
  readonly fleet?: string;
  readonly source?: string;
  readonly target?: string;
  readonly event?: string;
  readonly again?: boolean;
  readonly json?: boolean;
  readonly out?: string;
  /** False with `--no-open`. */
  readonly open?: boolean;
}

const KEYS_MAX = 100_000;
const ACCOUNTS_MAX = 200;

/** What a story with a name decides itself. */
const DECIDED_BY_NAME = ['operation', 'source', 'target', 'event', 'again'] as const;

/** Makes a story of the command's words. @throws WrongUseError */
export const storyOf = (words: SimulateWords): Story => {
  if (words.story === undefined) return ordinaryStory(words);
  const decided = [...DECIDED_BY_NAME.filter((option) => words[option] !== undefined), ...(words.fault.length > 0 ? ['fault'] : [])];
  if (decided.length > 0)
    throw new WrongUseError(decided.map((option) => `--${option}: the story '${words.story}' decides that itself; leave it out.`));
  const story = namedStory(words.story, ordinaryStory(words));
  if ('sentence' in story) throw new WrongUseError([`--story: ${story.sentence}`]);
  return story;
};

const ordinaryStory = (words: SimulateWords): Story => {
  const fleetsOfFile = readFleets(words.fleets);
  const fleetName = words.fleet ?? [...fleetsOfFile.keys()][0] ?? '';
  const operation = operationOf(words.operation ?? 'failover');
  const fleets = withAccounts(fleetsOfFile, fleetName, words.accounts);
  const fleet = fleets.get(fleetName);
  const [home, standby] = [fleet?.home ?? '', fleet?.standbys[0] ?? ''];
  const [away, back] = operation === 'failback' ? [standby, home] : [home, standby];
  const parsed = parseConsoleInput({ fleet: fleetName, operation, target: words.target ?? back, reason: 'simulated' });
  if (fleet === undefined)
    throw new WrongUseError([`--fleet: ${words.fleets} has no fleet named "${fleetName}"; it has ${[...fleets.keys()].join(', ')}.`]);
  const fitting = 'problems' in parsed ? parsed : fitToFleet(parsed.input, fleets);
  if ('problems' in parsed || 'problems' in fitting)
    throw new WrongUseError(('problems' in fitting ? fitting.problems : []).map((problem) => `--${problem}`));
  const target = parsed.input.target ?? fleet.home;
  const source = sourceOf(words.source ?? away, target, fleet);
  const byHand = operation !== 'failover' || words.target !== undefined;
  return {
    fleets,
    fleetName,
    operation,
    source,
    target,
    startedBy: byHand ? 'operator' : 'event',
    ...(words.event === undefined ? {} : { event: readEvent(words.event) }),
    keys: wholeNumber('keys', words.keys, KEYS_MAX),
    seed: seedOf(words.seed),
    faults: faultsOf(words.fault),
    again: words.again ?? false,
  };
};

const wholeNumber = (name: string, text: string, most: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw new WrongUseError([`--${name}: expected a whole number from 1 to ${most}; got "${text}".`]);
};

const SEED_CHARACTERS_MAX = 100;

const seedOf = (text: string): string => {
  if (text.trim() !== '' && text.length <= SEED_CHARACTERS_MAX) return text;
  throw new WrongUseError([`--seed: expected a text of 1 to ${SEED_CHARACTERS_MAX} characters; got ${gotText(text)}.`]);
};

const operationOf = (text: string): Operation => {
  const operation = OPERATIONS.find((name) => name === text);
  if (operation === undefined) throw new WrongUseError([`--operation: expected one of ${OPERATIONS.join(', ')}; got "${text}".`]);
  return operation;
};

/** Where the keys of the story are when it begins. */
const sourceOf = (text: string, target: Region, fleet: Fleet): Region => {
  const regions = regionsOf(fleet);
  const source = regions.find((region) => region === text);
  if (source === undefined)
    throw new WrongUseError([`--source: expected one of the fleet’s Regions, ${regions.join(', ')}; got "${text}".`]);
  if (source === target)
    throw new WrongUseError([
      `--target: expected another Region than the source; both are "${source}", so there would be nothing to move.`,
    ]);
  return source;
};

const readFile = (theFile: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new WrongUseError([`${theFile} file ${path} cannot be read (${why}).`]);
  }
};

export const readFleets = (path: string): ReadonlyMap<string, Fleet> => readFleetFile(path, '--fleets: the').fleets;

/** @param theFile how a sentence about it begins. @throws WrongUseError */
export const readFleetFile = (path: string, theFile = 'The'): RightText => {
  const parsed = parseFleetFile(readFile(theFile, path), path);
  if (parsed.kind === 'wrong') throw new WrongUseError(parsed.problems.map(problemSentence));
  return parsed;
};

const readEvent = (path: string): unknown => {
  try {
    return JSON.parse(readFile('--event: the', path));
  } catch (error) {
    if (error instanceof WrongUseError) throw error;
    throw new WrongUseError([`--event: ${path} is not JSON (${error instanceof Error ? error.message : String(error)}).`]);
  }
};

/** The story's fleet with as many accounts as were asked for: its own first, made-up ones after them. */
const withAccounts = (fleets: ReadonlyMap<string, Fleet>, name: string, text: string | undefined): ReadonlyMap<string, Fleet> => {
  const fleet = fleets.get(name);
  if (text === undefined || fleet === undefined) return fleets;
  const count = wholeNumber('accounts', text, ACCOUNTS_MAX);
  const madeUp = Array.from({ length: count }, (_, index) => accountId(String(500_000_000_000 + index)));
  const accounts = [...fleet.accounts, ...madeUp].slice(0, count);
  return new Map([...fleets, [name, { ...fleet, accounts }]]);
};

const faultsOf = (texts: readonly string[]): readonly AskedFault[] =>
  texts.map((text) => {
    const fault = parseFault(text);
    if (fault.kind === 'refused') throw new WrongUseError([`--fault: ${fault.sentence}`]);
    return { text, fault };
  });
