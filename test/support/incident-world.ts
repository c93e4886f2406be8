import assert from 'node:assert/strict';
import { TICK } from '../../core/signal/parse.ts';
import type { FleetVerdict } from '../../functions/trigger/settle.ts';
import type { TriggerAnswer } from '../../functions/trigger/trigger.ts';
import { type DecidersOptions, deciders, MINUTE_MS } from './deciders.ts';

/** The verdicts of an answer, one a fleet. */
export const fleetsOf = (answer: TriggerAnswer): readonly FleetVerdict[] => ('fleets' in answer ? answer.fleets : []);

/** Deciders that are told of incidents, minute by minute. */
export const incidentWorld = async (options: DecidersOptions = {}) => {
  const made = await deciders(options);
  const { clock, table, first, give } = made;
  const list = async <T>(kind: 'decision' | 'intent' | 'run') => (await clock.run(table.list<T>(kind))).map(({ value }) => value);
  const say = async (event: unknown): Promise<FleetVerdict> => {
    const [verdict] = fleetsOf(await give(event));
    return verdict ?? assert.fail('no fleet was decided about');
  };
  const tick = async (minutes = 1): Promise<readonly FleetVerdict[]> => {
    await clock.run(clock.sleep(minutes * MINUTE_MS));
    return fleetsOf(await give(TICK));
  };
  const told = (type: string) => first.bus.events.filter(({ detailType }) => detailType === type);
  return { ...made, list, say, tick, told };
};
