import type { TimerClock } from '../clock/timer-clock.ts';
import type { Endpoint } from '../kms/endpoint.ts';
import { KmsSimulator } from '../kms/kms-simulator.ts';
import { Seeded } from '../random/seeded.ts';
import type { CallerPlace } from './caller-place.ts';
import { FaultBoard } from './control/fault-board.ts';
import type { WireSettings } from './settings.ts';

/** What a simulator on the wire serves. */
export interface WireWorld {
  readonly settings: WireSettings;
  readonly kms: KmsSimulator;
  readonly faults: FaultBoard;
  /** The endpoint of a place; always the same one. */
  endpoint(place: CallerPlace): Endpoint;
}

/** A new, empty KMS; the same settings give the same one. */
export const createWireWorld = (settings: WireSettings, clock: TimerClock): WireWorld => {
  const { seed, accounts, regions, unkindness } = settings;
  const random = new Seeded(seed);
  const kms = new KmsSimulator({ clock, random: random.stream('kms'), accounts, regions, unkindness });
  const endpoints = new Map<string, Endpoint>();
  return {
    settings,
    kms,
    faults: new FaultBoard(kms, clock, random.stream('faults'), settings),
    endpoint: (place) => {
      const id = `${place.account}/${place.region}`;
      const endpoint = endpoints.get(id) ?? kms.endpoint(place);
      endpoints.set(id, endpoint);
      return endpoint;
    },
  };
};
