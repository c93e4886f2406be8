import { z } from 'zod';
import { regionSchema } from '../../core/region.ts';
import { Situation } from './situation.ts';

const text = z.string('expected a text that is not empty').min(1, 'expected a text that is not empty');

/** What a function reads from its environment. Every name that it does not set itself comes from the stack. */
const settingsSchema = z.object({
  AWS_REGION: regionSchema,
  TABLE_NAME: text,
  BUCKET_NAME: text,
  /** The bucket for evidence; without it, evidence lies in the working bucket. */
  EVIDENCE_BUCKET_NAME: text.optional(),
  BUS_NAME: text,
  /** Every control Region of the installation, separated by commas; without it there is no other than this one. */
  CONTROL_REGIONS: text.regex(/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/, 'expected Region codes separated by commas').optional(),
  STATE_MACHINE_ARN: text.regex(/^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:.+$/, 'expected the ARN of a state machine'),
  /** The role to assume in the accounts that own keys; without it the function's own role acts, in its own account. */
  MEMBER_ROLE_NAME: text.optional(),
  MEMBER_EXTERNAL_ID: text.optional(),
  /** The function URL of the right to approve, for the command that a person is told; without it the command leaves it to who calls. */
  OPERATOR_APPROVE_URL: text.regex(/^https:\/\/\S+$/, 'expected an https URL').optional(),
});
type Settings = z.infer<typeof settingsSchema>;

/** A setting is missing or wrong; the message names each. */
export class WrongSettingsError extends Situation {
  override readonly name = 'WrongSettings';
}

/** @throws WrongSettingsError that names every variable that is wrong, what was expected and what came. */
export const parseSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const parsed = settingsSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `${name}: ${issue.message}; got ${JSON.stringify(environment[name]) ?? 'nothing'}.`;
  });
  throw new WrongSettingsError(`The environment of this function is not right:\n${problems.join('\n')}`);
};
