import type { RegionalKey } from '../keys/kms-key.ts';
import type { RegionalView } from '../keys/regional-view.ts';
import type { ActionFacts } from './action-facts.ts';
import type { Caller } from './caller.ts';
import { parameterContext } from './parameter-context.ts';

/** The condition keys of one request and their values. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** The key that is asked about, as IAM sees it at this moment. */
interface KeyInQuestion {
  readonly key: RegionalKey;
  readonly view: RegionalView;
  /** Needed only where a policy asks for them, and looking for them is work. */
  aliases(): readonly string[];
}

/** What is to be decided. */
export interface AccessRequest {
  readonly caller: Caller;
  /** The IAM action, without `kms:`. */
  readonly action: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How the request named the key. */
  readonly keyIdText: unknown;
  readonly key: KeyInQuestion | undefined;
  readonly atMs: number;
  /** Whether KMS makes this call itself on behalf of the caller, as it does in the other Region of a promotion. */
  readonly byKms: boolean;
}

const principalContext = ({ arn, principalArn, account, kind }: Caller, tags: Readonly<Record<string, string>>) => ({
  'aws:PrincipalArn': principalArn,
  'aws:PrincipalAccount': account,
  'aws:PrincipalType': { 'role session': 'AssumedRole', user: 'User', account: 'Account' }[kind],
  'aws:PrincipalIsAWSService': 'false',
  'kms:CallerAccount': account,
  ...(kind === 'role session' && { 'aws:userid': `AROASIMULATEDCALLER:${arn.slice(arn.lastIndexOf('/') + 1)}` }),
  ...(kind === 'user' && { 'aws:username': arn.slice(arn.lastIndexOf('/') + 1) }),
  ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])),
});

const keyContext = ({ key: { key }, view, aliases }: KeyInQuestion, asksForAliases: boolean) => ({
  'aws:ResourceAccount': key.account,
  'kms:KeySpec': key.keySpec,
  'kms:KeyUsage': key.keyUsage,
  'kms:KeyOrigin': key.origin,
  'kms:MultiRegion': String(key.multiRegion),
  ...(view.role !== 'SINGLE' && { 'kms:MultiRegionKeyType': view.role }),
  ...Object.fromEntries(Object.entries(view.tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value])),
  ...(asksForAliases && { 'kms:ResourceAliases': aliases() }),
});

/**
 * Everything that a policy can ask about a request, limited to the condition keys that IAM knows for the action.
 * @param asked the condition keys, in lower case, that some policy asks for; aliases are looked up only for them
 */
export const requestContext = (
  request: AccessRequest,
  tags: Readonly<Record<string, string>>,
  facts: ActionFacts,
  asked: ReadonlySet<string>,
): RequestContext => {
  const { action, atMs, byKms, caller, key, keyIdText, parameters, region } = request;
  const everything: RequestContext = {
    ...principalContext(caller, tags),
    ...parameterContext(action, parameters, keyIdText),
    ...(key !== undefined && keyContext(key, asked.has('kms:resourcealiases'))),
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': String(byKms),
    ...(byKms && { 'aws:CalledVia': ['kms.amazonaws.com'] }),
    'aws:CurrentTime': new Date(atMs).toISOString(),
    'aws:EpochTime': String(Math.floor(atMs / 1_000)),
  };
  return Object.fromEntries(Object.entries(everything).filter(([name]) => facts.carries(name)));
};
