import { isAllowed } from './evaluate.ts';
import type { IamRequest } from './iam-requests.ts';
import { askingOf, type RoleAsked } from './proof.ts';

const FOREIGN = 'another';

/** The same on something that is not ours: another table, bucket or machine, another key than a multi-Region one or the state's. */
const elsewhere = (resource: string): string =>
  resource.includes(':key/')
    ? resource.replace(/:key\/.*$/, ':key/ffffffff-ffff-4fff-bfff-ffffffffffff')
    : resource.replace('mrk-failover', FOREIGN);

/** What no policy of ours looks at, because something else in the request says the same. */
const isFree = (name: string, { resource, context }: IamRequest): boolean =>
  name === 's3:prefix' ||
  name === 'events:detail-type' ||
  (name === 'aws:RequestedRegion' && resource !== '*') ||
  (name === 'kms:EncryptionAlgorithm' && ('kms:EncryptionContextKeys' in context || context[name] === undefined));

/** KMS gives both, or neither. */
const isGivenWithAnother = (name: string): boolean => name === 'kms:EncryptionContextKeys';

/** Requests that differ from one that is allowed in one thing each, in which they are nobody's business. */
const near = (request: IamRequest): readonly IamRequest[] => {
  const names = Object.keys(request.context).filter((name) => !isFree(name, request));
  const without = (left: string) => Object.fromEntries(Object.entries(request.context).filter(([name]) => name !== left));
  return [
    ...(request.resource === '*' ? [] : [{ ...request, resource: elsewhere(request.resource) }]),
    ...names.filter((name) => !isGivenWithAnother(name)).map((name) => ({ ...request, context: without(name) })),
    ...names.map((name) => ({
      ...request,
      context: { ...request.context, [name]: Array.isArray(request.context[name]) ? [FOREIGN] : FOREIGN },
    })),
  ];
};

/** What a role is allowed beyond the things and the circumstances of its own requests, a line each. */
export const beyondOf = async (all: readonly RoleAsked[]): Promise<readonly string[]> => {
  const lines = new Set<string>();
  const seen = new Set<string>();
  for (const asked of all)
    for (const request of near(asked.request)) {
      const words = `${request.action} on ${request.resource} ${JSON.stringify(request.context)}`;
      if (seen.has(words)) continue;
      seen.add(words);
      if (await isAllowed(askingOf(asked), request)) lines.add(words);
    }
  return [...lines];
};
