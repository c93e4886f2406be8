import { z } from 'zod';

/** What the accounts' CloudTrail calls calls that belong to no run: the trigger's looks, and the operator's. */
export const NO_RUN = 'mrk-failover';

const ofRun = z.looseObject({ runId: z.string() });
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (RoleSessionName) */
const NAME_MAX = 64;
const FOREIGN = /[^\w+=,.@-]/g;

/** The session name for the calls of one invocation: the run's ID, so that each record of CloudTrail in a member account names its run. Pure. */
export const sessionNameOf = (event: unknown): string => {
  const about = ofRun.safeParse(event);
  const name = about.success ? about.data.runId.replace(FOREIGN, '-').slice(0, NAME_MAX) : NO_RUN;
  return name.length < 2 ? NO_RUN : name;
};
