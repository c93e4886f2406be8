import type { Objection } from './objection.ts';
import type { Deployment } from './schema.ts';

/** A copy of the evidence in the other control Region takes another control Region. */
export const copiesObjections = ({ control, evidence }: Deployment): readonly Objection[] =>
  evidence.copies && control.regions.length === 1
    ? [
        {
          path: ['evidence', 'copies'],
          expected: 'false, because one control Region has no other to keep copies in',
          got: 'true, with one control Region',
        },
      ]
    : [];
