import { fileURLToPath } from 'node:url';

const RESOLVERS = fileURLToPath(new URL('./endpoint-resolvers.ts', import.meta.url));

/** What finds each client's endpoint, by the client's package. */
const RESOLVER_OF: Readonly<Record<string, string>> = {
  'client-dynamodb': "ordinary('dynamodb')",
  'client-eventbridge': "ordinary('events')",
  'client-kms': "ordinary('kms')",
  'client-resource-groups-tagging-api': "ordinary('tagging')",
  'client-s3': 'buckets',
  'client-service-quotas': "ordinary('servicequotas')",
  'client-sfn': "ordinary('states')",
  'nested-clients': "ordinary('sts')",
};

/**
 * A client finds its endpoint by a table of rules for every partition, FIPS, dual stack, accounts, access points and directory
 * buckets. Ours talk to Regions of the aws partition, or to the endpoint that the environment gives.
 * @param path the module of a client that resolves endpoints
 * @returns the text of what stands in for it, or undefined for a client that is not ours
 */
export const endpointResolverOf = (path: string): string | undefined => {
  const resolver = RESOLVER_OF[/[/\\]@aws-sdk[/\\]([^/\\]+)[/\\]dist-es[/\\]/.exec(path)?.[1] ?? ''];
  if (resolver === undefined) return undefined;
  return [`import { buckets, ordinary } from ${JSON.stringify(RESOLVERS)};`, `export const defaultEndpointResolver = ${resolver};`].join(
    '\n',
  );
};
