/** What an AWS SDK may look at, with nothing but what is given: no files, no metadata of a machine. */
export const setAwsEnvironment = (given: Readonly<Record<string, string>>): void => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    ...given,
  });
};
