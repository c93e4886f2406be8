/**
 * What an AWS SDK may look at, with nothing but what is given: no files, no metadata of a machine. The SDK reads a file once in a
 * process, and in real time, so the names of the two that are empty are those that worlds with a virtual clock have it read beforehand.
 */
export const setAwsEnvironment = (given: Readonly<Record<string, string>>): void => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...given,
  });
};
