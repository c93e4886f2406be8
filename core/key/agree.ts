import type { Region } from '../region.ts';
import type { KmsFailure } from './failure.ts';
import type { KeyView } from './key.ts';

/** What a key looks like in each of its Regions: what was seen, or why nothing was. */
export type Readings = ReadonlyMap<Region, KeyView | KmsFailure>;

/**
 * Where the primary role is, by everything that could be read.
 * `settled`: every Region that answers names the same primary, that Region says so itself if it answers, and none is in transition.
 * `changing`: somebody is Updating or Creating, or they disagree (both may read as replicas meanwhile).
 * `unseen`: nothing answered.
 */
type Standing = { readonly kind: 'settled'; readonly primary: Region } | { readonly kind: 'changing' } | { readonly kind: 'unseen' };

/** https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html: values count once nobody is Updating. */
export const standing = (readings: Readings): Standing => {
  const views = seen(readings);
  const first = views[0];
  if (first === undefined) return { kind: 'unseen' };
  const primary = first.primaryRegion;
  if (primary === undefined) return { kind: 'changing' };
  const agreed = views.every(
    (view) =>
      view.primaryRegion === primary &&
      (view.role === 'PRIMARY') === (view.region === primary) &&
      view.state !== 'Updating' &&
      view.state !== 'Creating',
  );
  return agreed ? { kind: 'settled', primary } : { kind: 'changing' };
};

/** The Regions that answered, with what they said. */
export const seen = (readings: Readings): KeyView[] => [...readings.values()].filter((reading) => reading.kind === 'seen');

/** What one Region said, if it answered. */
export const viewIn = (readings: Readings, region: Region): KeyView | undefined => {
  const reading = readings.get(region);
  return reading?.kind === 'seen' ? reading : undefined;
};
