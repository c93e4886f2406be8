/** Who makes a call, as IAM sees it. */
export interface Caller {
  /** As error messages and CloudTrail name it: the session of a role, a user, or the account itself. */
  readonly arn: string;
  /** What `aws:PrincipalArn` holds, and what policies are attached to: the role behind a session, or the user itself. */
  readonly principalArn: string;
  readonly account: string;
  readonly kind: 'role session' | 'user' | 'account';
}

const PRINCIPAL_ARN = /^arn:aws:(iam|sts)::(\d{12}):(root|role\/.+|user\/.+|assumed-role\/[^/]+\/.+)$/;

const SESSION = 'session';

/** The last part of a path: the ARN of a role's session leaves the path of the role out. */
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * Reads the ARN of a role, of a role's session, of a user or of an account's root.
 * @param text `arn:aws:iam::111111111111:role/mover` becomes a session of that role
 * @throws RangeError for anything else
 */
export const readCaller = (text: string): Caller => {
  const [, service, account, resource = ''] = PRINCIPAL_ARN.exec(text) ?? [];
  const [kind = '', name = ''] = resource.split('/');
  if (account !== undefined) {
    if (service === 'iam' && resource === 'root') return { arn: text, principalArn: text, account, kind: 'account' };
    if (service === 'iam' && kind === 'user') return { arn: text, principalArn: text, account, kind: 'user' };
    if (service === 'iam' && kind === 'role') {
      const arn = `arn:aws:sts::${account}:assumed-role/${nameOf(resource)}/${SESSION}`;
      return { arn, principalArn: text, account, kind: 'role session' };
    }
    if (service === 'sts' && kind === 'assumed-role') {
      return { arn: text, principalArn: `arn:aws:iam::${account}:role/${name}`, account, kind: 'role session' };
    }
  }
  throw new RangeError(`Expected the ARN of a role, a role's session, a user or an account's root, got '${text}'.`);
};

/** Who calls when nobody says who: a role's session in the account. */
export const callerNamedByNobody = (account: string): Caller =>
  readCaller(`arn:aws:sts::${account}:assumed-role/simulated-caller/${SESSION}`);
