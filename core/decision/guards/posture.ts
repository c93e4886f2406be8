import { type Guard, pass } from '../guard.ts';

/**
 * A signal alone starts runs only for fleets whose posture is automatic. A person who starts one has decided already, and so has
 * whoever started the first run of an intent that goes on.
 */
export const posture: Guard = {
  name: 'posture',
  judge: ({ automatic, followUp, fleet, request }) =>
    !automatic || followUp || fleet.posture === 'automatic'
      ? pass
      : {
          kind: 'refuse',
          why: `fleet ${request.fleet} has the posture "${fleet.posture}", so no signal may move its keys by itself`,
          liftedBy: 'a person who starts the run, or posture: automatic in the fleet file',
        },
};
