import { regionsOf } from '../../core/run/request.ts';
import { watchRegions } from '../frame/deciding/probe.ts';
import { loadFleets } from '../frame/fleets.ts';
import type { Runtime } from '../frame/runtime.ts';
import { resendOutbox } from '../frame/telling/announce.ts';
import { measureFleets } from '../frame/telling/measure-fleets.ts';
import { anotherFirst } from './another-first.ts';
import { atOnce } from './at-once.ts';
import { unlessBeingDecided } from './claim.ts';
import { goHome } from './failback.ts';
import { forgetDecisions } from './forget.ts';
import { type IntentVerdict, lookAfterIntents } from './intents.ts';
import { knownKeys } from './look.ts';
import { refreshInventories } from './refresh-inventories.ts';
import type { FleetVerdict } from './settle.ts';
import { matchAgain } from './strangers.ts';
import type { Subject } from './subject.ts';
import { watchAgain } from './watch-again.ts';

/** What the tick found and did. */
export interface TickAnswer {
  readonly intents: readonly IntentVerdict[];
  /** What was decided anew about incidents, the way home, and promotions that nobody ordered. */
  readonly fleets: readonly FleetVerdict[];
  /** How many lifecycle events were sent that the bus had not taken before. */
  readonly resent: number;
}

/**
 * The minute tick: looks after open intents and open incidents, probes the fleets' Regions, sends fleets home, matches CloudTrail's
 * records once more, resends what the bus refused, and removes what is long over. Every chore gets its turn, whatever becomes of the others.
 * @throws when all had their turn and some failed
 */
export const onTick = async (runtime: Runtime): Promise<TickAnswer> => {
  let intents: readonly IntentVerdict[] = [];
  let resent = 0;
  const fleets: FleetVerdict[] = [];
  const chores: readonly (() => Promise<void>)[] = [
    async () => {
      intents = await lookAfterIntents(runtime);
    },
    async () => {
      fleets.push(...(await lookAfterFleets(runtime)));
    },
    async () => {
      resent = await resendOutbox(runtime);
    },
    () => measureFleets(runtime),
    async () => refreshInventories(runtime, await loadFleets(runtime)),
    () => forgetDecisions(runtime),
  ];
  await atOnce(chores, (chore) => chore());
  runtime.measure({ figures: { TicksDone: 1 } });
  return { intents, fleets, resent };
};

const lookAfterFleets = async (runtime: Runtime): Promise<readonly FleetVerdict[]> => {
  const fleets = await loadFleets(runtime);
  const subjects = anotherFirst([...fleets], runtime.clock.now()).map(([name, fleet]): Subject => ({ name, fleet, fleets }));
  const chores: readonly (() => Promise<readonly FleetVerdict[]>)[] = [
    () => matchAgain(runtime, fleets),
    ...subjects.map((subject) => () => watchAgain(runtime, subject)),
    ...subjects.map((subject) => () => lookAtRegions(runtime, subject)),
  ];
  const verdicts = await atOnce(chores, (chore) => unlessBeingDecided(chore(), []));
  return verdicts.flat().filter(({ rule }) => rule !== 'DUPLICATE');
};

/** Probes the Regions of a fleet, as far as its keys are known, and looks whether it may go home. */
const lookAtRegions = async (runtime: Runtime, subject: Subject): Promise<readonly FleetVerdict[]> => {
  const { name: fleetName, fleet } = subject;
  const keys = await knownKeys(runtime, fleetName, fleet);
  if (keys.length === 0) return [];
  await watchRegions(runtime, { fleetName, fleet, keys, regions: regionsOf(fleet) });
  return goHome(runtime, subject);
};
