import { createTagging } from '../../aws/tagging/tagging.ts';
import type { Tagging } from '../../core/ports/tagging.ts';
import { VirtualClock } from '../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../simulator/random/seeded.ts';
import { TaggingSimulator, type TaggingSimulatorOptions } from '../../simulator/tagging/tagging-simulator.ts';
import type { KmsWorld } from '../simulator/kms/kms-world.ts';
import { answering, clientBasics, type WireAnswer, type WireRequest } from './answering.ts';

const { credentials } = clientBasics;

/** Our port for tags over the simulated index of a world, through real SDK clients. A kind one unless told otherwise. */
export const taggingOver = (world: KmsWorld, options: Partial<TaggingSimulatorOptions> = {}): Tagging => {
  const { clock, kms } = world;
  const simulator = new TaggingSimulator({ kms, clock, random: new Seeded('tagging'), unkindness: 'kind', ...options });
  return createTagging({
    clock,
    random: new Seeded('jitter'),
    connection: (place, requestTimeoutMs) => ({ requestHandler: simulator.requestHandler({ ...place, requestTimeoutMs }), credentials }),
  });
};

/** Our port for tags over a service that answers as the test says. */
export const taggingAnswering = (answer: (request: WireRequest) => WireAnswer): Tagging =>
  createTagging({
    clock: new VirtualClock(0),
    random: new Seeded(1),
    connection: () => ({ requestHandler: answering(answer), credentials }),
  });
