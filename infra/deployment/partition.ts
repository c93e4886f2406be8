import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { FieldPath } from '../../core/fleet/field-path.ts';
import type { Objection } from './objection.ts';
import type { Deployment } from './schema.ts';

/** Every ARN and every endpoint is of the aws partition. A Region that the CDK does not know yet is believed. */
export const partitionObjections = ({ control, watchedRegions = [] }: Deployment): readonly Objection[] => {
  const named: ReadonlyArray<readonly [FieldPath, string]> = [
    ...control.regions.map((region, index) => [['control', 'regions', index], region] as const),
    ...watchedRegions.map((region, index) => [['watchedRegions', index], region] as const),
  ];
  return named
    .filter(([, region]) => (RegionInfo.get(region).partition ?? 'aws') !== 'aws')
    .map(([path, region]) => ({
      path,
      expected: 'a Region of the aws partition (GovCloud, China and isolated Regions are not supported)',
      got: region,
    }));
};
