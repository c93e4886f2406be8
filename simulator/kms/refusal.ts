import { denialText } from './authorization/denial.ts';

/** An error answer of KMS. Told apart by `name`, never by the status: https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
export class KmsRefusal extends Error {
  readonly status: 400 | 500;

  /** @param message empty for the errors that KMS sends without a text */
  constructor(name: string, message: string, status: 400 | 500 = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** @param message what is not there, in the words of KMS */
export const notFound = (message: string): KmsRefusal => new KmsRefusal('NotFoundException', message);

/** The answer to the name of a key that is not in this Region, or not known there yet. */
export const noSuchKey = (arn: string): KmsRefusal => notFound(`Key '${arn}' does not exist`);

/** What breaks a rule of the request itself, which no retry helps. */
export const validation = (message: string): KmsRefusal => new KmsRefusal('ValidationException', message);

/** What this key, or this KMS, can never do. */
export const unsupported = (message: string): KmsRefusal => new KmsRefusal('UnsupportedOperationException', message);

/** https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html */
export const throttled = (): KmsRefusal =>
  new KmsRefusal('ThrottlingException', 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.');

/** What a caller hears whom the key's policy does not let in. */
export const accessDenied = (callerArn: string, operation: string, arn: string): KmsRefusal =>
  notAuthorized(denialText(callerArn, `kms:${operation}`, arn, { kind: 'implicit', obstacle: 'resource-based policy' }));

/** What a caller hears about the key of another account, whether there is one or not. */
export const hidden = (callerArn: string, operation: string): KmsRefusal =>
  notAuthorized(denialText(callerArn, `kms:${operation}`, '', { kind: 'hidden' }));

/** @param message who may not do what to which key, as KMS says it */
export const notAuthorized = (message: string): KmsRefusal => new KmsRefusal('AccessDeniedException', message);

/** Thrown when a call is to get no answer at all. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
