import { StateFailure } from './failure.ts';
import type { JsonValue } from './json.ts';
import type { Tally } from './tally.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (maximum input or output size of a task, state or execution) */
export const PAYLOAD_BYTES_MAX = 262_144;

/** The size of a value as Step Functions measures it: its JSON text in UTF-8. */
export const bytesOf = (value: JsonValue): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

/**
 * Lets a value pass that fits into a state's input, output or result.
 * @param what names the value in the failure, for example `result of state "Poll"`
 * @throws StateFailure `States.DataLimitExceeded`, which nothing catches
 */
export const withinLimit = (value: JsonValue, what: string, tally: Tally): JsonValue => {
  const bytes = bytesOf(value);
  tally.payloadBytesMax = Math.max(tally.payloadBytesMax, bytes);
  if (bytes <= PAYLOAD_BYTES_MAX) return value;
  throw new StateFailure(
    'States.DataLimitExceeded',
    `The ${what} is ${bytes} bytes; at most ${PAYLOAD_BYTES_MAX} may pass between states.`,
  );
};
