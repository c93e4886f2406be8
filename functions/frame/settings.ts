import { z } from 'zod';
import { regionSchema } from '../../core/region.ts';
import { problemsOf } from '../../core/words/problems.ts';
import { requiredText } from '../../core/words/text.ts';
import { Situation } from './situation.ts';

/** What a function reads from its environment. Every name that it does not set itself comes from the stack. */
const settingsSchema = z.object({
  AWS_REGION: regionSchema,
  TABLE_NAME: requiredText,
  BUCKET_NAME: requiredText,
  /** The bucket for evidence; without it, evidence lies in the working bucket. */
  EVIDENCE_BUCKET_NAME: requiredText.optional(),
  BUS_NAME: requiredText,
  /** Every control Region of the installation, separated by commas; without it there is no other than this one. */
  CONTROL_REGIONS: requiredText.regex(/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/, 'expected Region codes separated by commas').optional(),
  STATE_MACHINE_ARN: requiredText.regex(/^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:.+$/, 'expected the ARN of a state machine'),
  /** The role to assume in the accounts that own keys; without it the function's own role acts, in its own account. */
  MEMBER_ROLE_NAME: requiredText.optional(),
  MEMBER_EXTERNAL_ID: requiredText.optional(),
  /** The function URL of the right to approve, for the command that a person is told; without it the command leaves it to who calls. */
  OPERATOR_APPROVE_URL: requiredText.regex(/^https:\/\/\S+$/, 'expected an https URL').optional(),
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
  const problems = problemsOf(parsed.error, environment, 'the environment');
  throw new WrongSettingsError(`The environment of this function is not right:\n${problems.join('\n')}`);
};
