import type { KMS } from '@aws-sdk/client-kms';
import type { Answer } from './laboratory.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const statusOf = (error: Error): number | undefined => {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  return isRecord(metadata) && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
};

/**
 * Calls an operation by its name in the API, `UpdatePrimaryRegion`, with whatever input, right or wrong.
 * @returns what KMS said. @throws what is no answer of KMS: no network, no credentials, an operation that the SDK does not know
 */
export const callByName = async (client: KMS, operation: string, input: Readonly<Record<string, unknown>>): Promise<Answer> => {
  const method: unknown = Reflect.get(client, `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`);
  if (typeof method !== 'function') throw new RangeError(`Expected an operation that the SDK's KMS client has, got ${operation}.`);
  try {
    const { $metadata: _, ...accepted } = await method.call(client, input);
    return { accepted };
  } catch (error) {
    if (!(error instanceof Error) || statusOf(error) === undefined) throw error;
    return { refused: error.name, message: error.message, status: statusOf(error) };
  }
};
