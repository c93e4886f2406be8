import { TaskFailure } from '../asl/failure.ts';
import type { JsonValue } from '../asl/json.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';

/** Lambda tries an asynchronous event three times: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRY_AFTER_MS = [60_000, 120_000] as const;

/**
 * Delivers an event as EventBridge does through Lambda's asynchronous queue: a failed function is tried again after one minute,
 * then after two.
 * @throws TaskFailure of the last try, where the real event would go to the dead-letter queue
 */
export const deliver = async (clock: VirtualClock, invoke: () => Promise<JsonValue>): Promise<JsonValue> => {
  for (const waitMs of RETRY_AFTER_MS) {
    try {
      return await invoke();
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      await clock.sleep(waitMs);
    }
  }
  return invoke();
};
