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
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const service = '$fault' in error || '$metadata' in error;
  if (!service && code === undefined && error.name !== 'TimeoutError' && error.name !== 'AbortError') return undefined;
  // Network errors carry their meaning in `code` (ECONNRESET), the service's in `name`.
  return classifyFailure(code !== undefined && error.name === 'Error' ? code : error.name, error.message);
};
