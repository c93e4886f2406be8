import { arnOfAlarm } from '../fleet/alarm.ts';
import type { Fleet } from '../fleet/schema.ts';
import { regionsOf } from '../run/request.ts';
import { isBadEnd } from '../signal/execution-change.ts';
import type { Signal } from '../signal/signal.ts';
import type { Proposal } from './proposal.ts';

/** The fleets, by name, that a signal may ask something of. */
export const fleetsConcerned = (signal: Signal, fleets: ReadonlyMap<string, Fleet>): ReadonlyMap<string, Fleet> =>
  new Map([...fleets].filter(([name, fleet]) => concerns(signal, name, fleet)));

const concerns = (signal: Signal, name: string, fleet: Fleet): boolean => {
  switch (signal.kind) {
    case 'health':
      return regionsOf(fleet).some((region) => region === signal.event.eventRegion);
    case 'alarm':
      return fleet.alarms.some((alarm) => arnOfAlarm(alarm) === signal.alarm.arn);
    case 'drill-due':
      return signal.drill.fleet === name;
    case 'tick':
      return fleet.failback.automatic;
    case 'promotion':
    case 'execution':
      return false;
  }
};

/** What is said of an event that is no signal. `what` is its description in words. */
export const notASignal = (what: string): Proposal => ({
  decision: 'ignore',
  fleet: '',
  rule: 'NOT_A_SIGNAL',
  why: `This is ${what}, which starts nothing.`,
  liftedBy: [],
});

/** What is said of a signal that asks nothing of any fleet. */
export const concernsNone = (signal: Signal): Proposal => ({ decision: 'ignore', fleet: '', ...wordsFor(signal), liftedBy: [] });

const wordsFor = (signal: Signal): Pick<Proposal, 'rule' | 'why'> => {
  switch (signal.kind) {
    case 'health':
      return signal.event.eventRegion === 'global'
        ? { rule: 'NO_REGION_NAMED', why: 'The event is global, and a primary cannot be moved away from everywhere.' }
        : { rule: 'NO_FLEET_CONCERNED', why: `No fleet has ${signal.event.eventRegion} among its Regions.` };
    case 'alarm':
      return { rule: 'NO_FLEET_CONCERNED', why: `No fleet names the alarm ${signal.alarm.arn} under alarms.` };
    case 'drill-due':
      return { rule: 'NO_FLEET_CONCERNED', why: `The fleet file has no fleet named "${signal.drill.fleet}".` };
    case 'tick':
      return { rule: 'TICK', why: 'The tick brings no news; open incidents and intents are looked after.' };
    case 'promotion':
      return {
        rule: 'PROMOTION_ON_RECORD',
        why: `CloudTrail recorded the promotion of ${signal.record.keyId} to ${signal.record.target}; it is compared with the promotions that were ordered.`,
      };
    case 'execution':
      return isBadEnd(signal.change.status)
        ? {
            rule: 'EXECUTION_ENDED_BADLY',
            why: `Run ${signal.change.runId} is ${signal.change.status}: it is closed out, and the tick goes on with its intent.`,
          }
        : { rule: 'EXECUTION_CHANGED', why: `Run ${signal.change.runId} is ${signal.change.status}, which asks for nothing.` };
  }
};
