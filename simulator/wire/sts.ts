import { randomUUID } from 'node:crypto';
import { callerNamedByNobody } from '../kms/authorization/caller.ts';
import type { Answer } from './answer.ts';
import { accountOf } from './caller-place.ts';
import type { WireSettings } from './settings.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

const xml = (status: number, root: string, content: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<${root} xmlns="${NAMESPACE}">${content}</${root}>\n`,
});

const wrong = (code: string, message: string): Answer =>
  xml(
    400,
    'ErrorResponse',
    `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId>`,
  );

/**
 * As much of STS as tools ask before they come to KMS: who am I? Terraform's provider does so at every start.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @param form the body, an HTML form
 */
export const answerSts = (form: string, accessKeyId: string, { accounts }: WireSettings): Answer => {
  const action = new URLSearchParams(form).get('Action');
  if (action !== 'GetCallerIdentity') return wrong('InvalidAction', 'Of STS, this simulator has GetCallerIdentity only.');
  const account = accountOf(accessKeyId, accounts);
  if (account === undefined) return wrong('InvalidClientTokenId', `This simulator has the accounts ${accounts.join(', ')} only.`);
  return xml(
    200,
    'GetCallerIdentityResponse',
    `<GetCallerIdentityResult><Arn>${callerNamedByNobody(account).arn}</Arn><UserId>AROASIMULATED:session</UserId><Account>${account}</Account></GetCallerIdentityResult>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`,
  );
};
