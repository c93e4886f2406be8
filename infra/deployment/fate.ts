import type { Fleet } from '../../core/fleet/schema.ts';
import type { Objection } from './objection.ts';
import type { Deployment } from './schema.ts';

/** What a control Region is to a fleet, when it goes down together with what it should rescue. */
const shareIn = ({ home, standbys }: Fleet, region: string): string | undefined => {
  if (home === region) return 'the home';
  return standbys[0] === region ? 'the first standby' : undefined;
};

/**
 * A control Region that is a fleet's home is dark on the day on which the fleet needs it; one that is the first standby is dark
 * when the fleet has to come back. Refused, unless accepted in words.
 */
export const fateObjections = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>): readonly Objection[] => {
  if (deployment.acceptSharedFate) return [];
  return deployment.control.regions.flatMap((region, index) =>
    [...fleets].flatMap(([name, fleet]) => {
      const share = shareIn(fleet, region);
      if (share === undefined) return [];
      const expected = `a Region that does not go down with fleet ${name} (or acceptSharedFate: true, if you accept that it does)`;
      return [{ path: ['control', 'regions', index], expected, got: `${region}, which is ${share} of fleet ${name}` }];
    }),
  );
};
