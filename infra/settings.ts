import type { FunctionName } from '../core/limits.ts';
import { bucketNameOf, memberRoleName, PREFIX, stateMachineArn } from './names.ts';
import { RIGHTS } from './permissions/rights.ts';

/** Where a function is installed, and what else is. */
interface Installation {
  readonly account: string;
  readonly region: string;
  readonly externalId: string;
  readonly controlRegions: readonly string[];
}

/** The environment of a function, as functions/frame/settings.ts expects it. */
export const environmentOf = (
  name: FunctionName,
  { account, region, externalId, controlRegions }: Installation,
): Record<string, string> => {
  const { member } = RIGHTS[name];
  return {
    TABLE_NAME: PREFIX,
    BUCKET_NAME: bucketNameOf('working', account, region),
    EVIDENCE_BUCKET_NAME: bucketNameOf('evidence', account, region),
    BUS_NAME: PREFIX,
    CONTROL_REGIONS: controlRegions.join(','),
    STATE_MACHINE_ARN: stateMachineArn(account, region),
    ...(member === undefined ? {} : { MEMBER_ROLE_NAME: memberRoleName(member), MEMBER_EXTERNAL_ID: externalId }),
  };
};
