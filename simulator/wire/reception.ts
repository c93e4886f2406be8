import type { IncomingMessage } from 'node:http';
import { type Answer, refusal } from './answer.ts';
import { type CallerPlace, placeOf } from './caller-place.ts';
import { answerControl, CONTROL_PATH } from './control/control.ts';
import { readScope } from './credential-scope.ts';
import { BODY_BYTES_MAX } from './read-body.ts';
import { answerSts } from './sts.ts';
import type { WireWorld } from './wire-world.ts';

/** What becomes of a request: an answer at once, or a call of KMS. */
type Reception = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'kms'; readonly place: CallerPlace };

const answered = (answer: Answer): Reception => ({ kind: 'answer', answer });

const isControl = (url: string): boolean =>
  url === CONTROL_PATH || url.startsWith(`${CONTROL_PATH}/`) || url.startsWith(`${CONTROL_PATH}?`);

/** The rest of the body is still under way, so that the connection is of no further use. */
const tooLong = (): Answer => {
  const refused = refusal('RequestEntityTooLargeException', `The body of the request is longer than ${BODY_BYTES_MAX} bytes.`, 413);
  return { ...refused, headers: { ...refused.headers, connection: 'close' } };
};

const MALFORMED = 'The Authorization header names no credential of the form <access key>/<date>/<Region>/<service>/aws4_request.';

/** Decides by path, signature and service who is to answer a request. @param body undefined when it was too long */
export const receive = (world: WireWorld, request: IncomingMessage, body: Buffer | undefined): Reception => {
  const url = request.url ?? '/';
  if (body === undefined) return answered(tooLong());
  if (isControl(url)) return answered(answerControl(world, request, body));
  const read = readScope(request.headers.authorization, url);
  if (read.kind === 'missing') return answered(refusal('MissingAuthenticationTokenException', 'Missing Authentication Token'));
  if (read.kind === 'malformed') return answered(refusal('IncompleteSignatureException', MALFORMED));
  const { service, accessKeyId } = read.scope;
  if (service === 'sts') return answered(answerSts(body.toString(), accessKeyId, world.settings));
  if (service !== 'kms')
    return answered(refusal('UnknownOperationException', `This is a simulator of KMS; the request was signed for ${service}.`));
  const place = placeOf(read.scope, world.settings);
  return 'refused' in place ? answered(place.refused) : { kind: 'kms', place };
};
