/** The ARN of a key in one Region; related keys differ in nothing but the Region. */
export const keyArn = (account: string, region: string, keyId: string): string => `arn:aws:kms:${region}:${account}:key/${keyId}`;

/** @param aliasName with its `alias/` */
export const aliasArn = (account: string, region: string, aliasName: string): string => `arn:aws:kms:${region}:${account}:${aliasName}`;

/** The parts of a KMS ARN; `resource` is `key/<id>` or `alias/<name>`. */
export interface KmsArn {
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const KMS_ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):((?:key|alias)\/.+)$/;

/** @returns undefined when the text is not the ARN of a KMS key or alias. */
export const parseKmsArn = (text: string): KmsArn | undefined => {
  const [, region, account, resource] = KMS_ARN.exec(text) ?? [];
  return region === undefined || account === undefined || resource === undefined ? undefined : { region, account, resource };
};
