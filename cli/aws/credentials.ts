import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity } from '@smithy/types';
import { NoAnswerError } from './no-answer.ts';
import { wordsOf } from './unreached.ts';

/**
 * The AWS credentials of the environment, found as every AWS tool finds them.
 * @param nothing what has not happened without them: "nothing was read"
 * @throws NoAnswerError
 */
export const awsCredentials = async (nothing: string): Promise<AwsCredentialIdentity> => {
  try {
    return await fromNodeProviderChain()();
  } catch (error) {
    const profile = process.env.AWS_PROFILE;
    throw new NoAnswerError([
      `No AWS credentials were found, so ${nothing}.`,
      'They are looked for in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ' +
        `in the profile ${profile === undefined ? 'that AWS_PROFILE names (none now, so "default")' : `"${profile}" of AWS_PROFILE`} in ~/.aws, ` +
        'also after `aws sso login`, in AWS_WEB_IDENTITY_TOKEN_FILE, and with the container or machine that this runs on.',
      `The AWS SDK says: ${wordsOf(error)}.`,
    ]);
  }
};
