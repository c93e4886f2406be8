import { classifyFailure, type KmsFailure } from '../../core/key/failure.ts';

/**
 * Turns what a KMS call throws into a value. Errors that the service or the network made become failures; anything else is a
 * bug of ours and goes on as it is.
 */
export const answered = async <T>(call: Promise<T>): Promise<T | KmsFailure> => {
  try {
    return await call;
  } catch (error) {
    const failure = asFailure(error);
    if (failure === undefined) throw error;
    return failure;
  }
};

const asFailure = (error: unknown): KmsFailure | undefined => {
  const name = error instanceof Error ? nameOf(error) : undefined;
  return error instanceof Error && name !== undefined ? classifyFailure(name, error.message) : undefined;
};

/** Names of Node's and the SDK's that come without a code: no answer in time, and no credentials to ask with. */
const OTHERS: ReadonlySet<string> = new Set(['TimeoutError', 'AbortError', 'CredentialsProviderError']);

/** What went wrong, by the name that says most; undefined for a bug of ours, which may carry the SDK's `$metadata` and a `code` of Node's too. */
const nameOf = (error: Error): string | undefined => {
  if ('$fault' in error) return error.name;
  if (error instanceof TypeError || error instanceof RangeError) return undefined;
  // Network errors carry their meaning in `code` (ECONNRESET), also those of several addresses, whose name is AggregateError.
  if ('code' in error && typeof error.code === 'string') return error.code;
  const isForeignAnswer = error instanceof SyntaxError && '$metadata' in error;
  return isForeignAnswer || OTHERS.has(error.name) ? error.name : undefined;
};
