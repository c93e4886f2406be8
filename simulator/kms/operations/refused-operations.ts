import { KmsRefusal, unsupported } from '../refusal.ts';

const KEY_STORES = 'This KMS has no custom key stores, and multi-Region keys cannot be in one.';
const ENCAPSULATION = 'This KMS has no keys of the ML_KEM specs yet.';

/** The operations of the API that this KMS knows and does not have, each with the reason. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ConnectCustomKeyStore', KEY_STORES],
  ['CreateCustomKeyStore', KEY_STORES],
  ['Decapsulate', ENCAPSULATION],
  ['DeleteCustomKeyStore', KEY_STORES],
  ['DescribeCustomKeyStores', KEY_STORES],
  ['DisconnectCustomKeyStore', KEY_STORES],
  ['Encapsulate', ENCAPSULATION],
  ['UpdateCustomKeyStore', KEY_STORES],
]);

/** The answer to an operation that is not in the table. @param name empty when the request named none of this service */
export const noSuchOperation = (name: string): KmsRefusal => {
  const reason = REASONS.get(name);
  if (reason !== undefined) return unsupported(reason);
  const what =
    name === '' ? 'Expected the header x-amz-target to be TrentService.<operation>, got another.' : `This KMS has no operation '${name}'.`;
  return new KmsRefusal('UnknownOperationException', what);
};
