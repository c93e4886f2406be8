import { FLEET_FILE } from '../../functions/frame/fleets.ts';
import { bucketNameOf } from '../names.ts';
import type { Deployment } from './schema.ts';

/**
 * The commands that put the fleet file where the functions look for it, one for each control Region.
 * @param path where the file lies here
 */
export const fleetFileInWords = ({ account, control }: Deployment, path: string): readonly string[] => [
  `${path}: the fleet file as the functions read it. When a control stack is deployed, and after each change of fleets.yaml, upload it:`,
  ...control.regions.map((region) => `  aws s3 cp ${path} s3://${bucketNameOf('working', account, region)}/${FLEET_FILE}`),
];
