/** What a SigV4 credential says: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** `kms`, `sts`. */
  readonly service: string;
}

/** `missing`: there is no signature at all; `malformed`: there is one that cannot be read. */
type ReadScope =
  | { readonly kind: 'scope'; readonly scope: CredentialScope }
  | { readonly kind: 'missing' }
  | { readonly kind: 'malformed' };

const IN_HEADER = /^AWS4-HMAC-SHA256\s.*?\bCredential=([^,\s]+)/;
const IN_QUERY = /[?&]X-Amz-Credential=([^&#]+)/;
const CREDENTIAL = /^([^/]{1,128})\/\d{8}\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,32})\/aws4_request$/;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

/** Reads who signed a request, for which Region; whether the signature itself is right is not looked at. @param url with the query of a presigned request */
export const readScope = (authorization: string | undefined, url: string): ReadScope => {
  const inQuery = IN_QUERY.exec(url)?.[1];
  if (authorization === undefined && inQuery === undefined) return { kind: 'missing' };
  const credential = authorization === undefined ? decoded(inQuery ?? '') : IN_HEADER.exec(authorization)?.[1];
  const [, accessKeyId, region, service] = CREDENTIAL.exec(credential ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return { kind: 'malformed' };
  return { kind: 'scope', scope: { accessKeyId, region, service } };
};
