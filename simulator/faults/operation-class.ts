export const OPERATION_CLASSES = ['read', 'write', 'crypto', 'all'] as const;
/** What a call is for: to look, to change, or to use a key. */
export type OperationClass = (typeof OPERATION_CLASSES)[number];

const READS = /^(Describe|Get|List)/;
const USES_OF_KEYS = /^(Encrypt|Decrypt|ReEncrypt|Generate|Sign|Verify|Derive|Encapsulate|Decapsulate)/;

/** By the first word of the operation's name, which KMS chooses well: everything that neither looks nor uses a key changes something. */
export const operationClassOf = (operation: string): Exclude<OperationClass, 'all'> => {
  if (READS.test(operation)) return 'read';
  return USES_OF_KEYS.test(operation) ? 'crypto' : 'write';
};
