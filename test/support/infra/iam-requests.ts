import assert from 'node:assert/strict';
import type { SentRequest } from './wire.ts';

/** What IAM is asked about a request. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Whose account a request is about, and what is there. */
export interface IamPlace {
  /** The account of the control stack. */
  readonly account: string;
  /** The account whose keys are asked for. */
  readonly keyAccount: string;
  readonly region: string;
  readonly stateKeyArn: string;
}

/** The Region in a host name such as kms.us-east-1.amazonaws.com. */
const regionIn = (host: string): string => /\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(host)?.[1] ?? assert.fail(`no Region in ${host}`);

/** Everything that IAM is asked about one request on the wire: the actions as AWS's service authorization reference names them. */
export const iamRequestsOf = (sent: SentRequest, place: IamPlace): readonly IamRequest[] => {
  const { host } = sent;
  if (host.startsWith('sts.')) return stsRequests(sent);
  if (host.includes('.s3.') || host.startsWith('s3.')) return s3Requests(sent, place);
  const operation = (sent.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
  const body = JSON.parse(sent.body === '' ? '{}' : sent.body) as Record<string, unknown>;
  if (host.includes('dynamodb')) return dynamoRequests(operation, body, place);
  if (host.startsWith('events.')) return eventRequests(body, place);
  if (host.startsWith('states.'))
    return [{ action: `states:${operation}`, resource: String(body.stateMachineArn ?? body.executionArn), context: {} }];
  if (host.startsWith('tagging.'))
    return [{ action: `tag:${operation}`, resource: '*', context: { 'aws:RequestedRegion': regionIn(host) } }];
  if (host.startsWith('servicequotas.'))
    return [{ action: `servicequotas:${operation}`, resource: '*', context: { 'aws:RequestedRegion': regionIn(host) } }];
  if (host.startsWith('kms.')) return kmsRequests(operation, body, regionIn(host), place.keyAccount);
  return assert.fail(`nobody taught the tests what IAM is asked about ${host}`);
};

const stsRequests = ({ body }: SentRequest): readonly IamRequest[] => {
  const parameters = new URLSearchParams(body);
  const externalId = parameters.get('ExternalId');
  return [
    {
      action: `sts:${parameters.get('Action')}`,
      resource: String(parameters.get('RoleArn')),
      context: externalId === null ? {} : { 'sts:ExternalId': externalId },
    },
  ];
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html ; with SSE-KMS, S3 asks KMS as the caller. */
const s3Requests = ({ host, method, path, query }: SentRequest, { region, stateKeyArn }: IamPlace): readonly IamRequest[] => {
  const bucket = host.startsWith('s3.') ? (path.split('/')[1] ?? '') : (host.split('.')[0] ?? '');
  const key = host.startsWith('s3.') ? path.split('/').slice(2).join('/') : path.slice(1);
  const document = `arn:aws:s3:::${bucket}/${decodeURIComponent(key)}`;
  const throughS3 = { 'kms:ViaService': `s3.${region}.amazonaws.com` };
  const list = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: {} };
  if (query['list-type'] !== undefined) return [{ ...list, context: { 's3:prefix': String(query.prefix ?? '') } }];
  if (method === 'PUT') {
    return [
      { action: 's3:PutObject', resource: document, context: {} },
      { action: 'kms:GenerateDataKey', resource: stateKeyArn, context: throughS3 },
    ];
  }
  // Without s3:ListBucket, a document that is not there reads as one that is forbidden.
  return [
    { action: 's3:GetObject', resource: document, context: {} },
    list,
    { action: 'kms:Decrypt', resource: stateKeyArn, context: throughS3 },
  ];
};

const dynamoRequests = (operation: string, body: Record<string, unknown>, { account, region }: IamPlace): readonly IamRequest[] => {
  const item = (body.Key ?? body.Item ?? { kind: (body.ExpressionAttributeValues as Record<string, unknown> | undefined)?.[':kind'] }) as {
    readonly kind?: { readonly S?: string };
  };
  const kind = item.kind?.S ?? assert.fail(`no partition key in ${operation} ${JSON.stringify(body)}`);
  const resource = `arn:aws:dynamodb:${region}:${account}:table/${String(body.TableName)}`;
  return [{ action: `dynamodb:${operation}`, resource, context: { 'dynamodb:LeadingKeys': [kind] } }];
};

const eventRequests = (body: Record<string, unknown>, { account, region }: IamPlace): readonly IamRequest[] =>
  (body.Entries as ReadonlyArray<Record<string, string>>).map(({ EventBusName, Source = '', DetailType = '' }) => ({
    action: 'events:PutEvents',
    resource: `arn:aws:events:${region}:${account}:event-bus/${EventBusName}`,
    context: { 'events:source': [Source], 'events:detail-type': [DetailType] },
  }));

/** A move asks on both sides: the primary in the Region of the call, and the replica that becomes the primary. */
const kmsRequests = (operation: string, body: Record<string, unknown>, region: string, account: string): readonly IamRequest[] => {
  const action = `kms:${operation}`;
  const regionOf = { 'aws:RequestedRegion': region };
  if (body.KeyId === undefined) return [{ action, resource: '*', context: regionOf }];
  const keyIn = (where: string) => `arn:aws:kms:${where}:${account}:key/${String(body.KeyId)}`;
  const context: Record<string, string | readonly string[]> = { ...regionOf };
  if (body.PrimaryRegion !== undefined) context['kms:PrimaryRegion'] = String(body.PrimaryRegion);
  if (body.EncryptionAlgorithm !== undefined) context['kms:EncryptionAlgorithm'] = String(body.EncryptionAlgorithm);
  const encryptionContext = Object.entries((body.EncryptionContext ?? {}) as Record<string, string>);
  for (const [name, value] of encryptionContext) context[`kms:EncryptionContext:${name}`] = value;
  if (encryptionContext.length > 0) context['kms:EncryptionContextKeys'] = encryptionContext.map(([name]) => name);
  const sides = operation === 'UpdatePrimaryRegion' ? new Set([region, String(body.PrimaryRegion)]) : new Set([region]);
  return [...sides].map((where) => ({ action, resource: keyIn(where), context }));
};
