/** Lets somebody use a key: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export interface Grant {
  readonly grantId: string;
  readonly name: string | undefined;
  readonly granteePrincipal: string;
  readonly retiringPrincipal: string | undefined;
  readonly issuingAccount: string;
  readonly operations: readonly string[];
  readonly constraints: GrantConstraints | undefined;
  readonly createdAtMs: number;
  /** When it was revoked or retired. */
  readonly endedAtMs: number | undefined;
}

/** When a grant counts; what is undefined is not demanded. */
export interface GrantConstraints {
  readonly encryptionContextSubset: Readonly<Record<string, string>> | undefined;
  readonly encryptionContextEquals: Readonly<Record<string, string>> | undefined;
  /** The resource on whose behalf a service must call. */
  readonly sourceArn: string | undefined;
}

/** What a grant token says. It proves nothing: it names a grant to a KMS that may not have heard of it yet. */
export interface GrantToken {
  readonly keyId: string;
  readonly grantId: string;
}

const TOKEN = /^grant:([^:]+):([0-9a-f]{64}):[0-9a-f]+$/;

/** @param nonce hexadecimal, so that no two tokens of a grant are the same */
export const writeGrantToken = ({ keyId, grantId }: GrantToken, nonce: string): string =>
  Buffer.from(`grant:${keyId}:${grantId}:${nonce}`).toString('base64');

/** @returns undefined when the text is no grant token of this KMS. */
export const readGrantToken = (token: string): GrantToken | undefined => {
  const [, keyId, grantId] = TOKEN.exec(Buffer.from(token, 'base64').toString()) ?? [];
  return keyId === undefined || grantId === undefined ? undefined : { keyId, grantId };
};
