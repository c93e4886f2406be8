import type { Region } from '../../core/region.ts';
import { handlerWithin } from './request-handler.ts';

/** The control plane's own calls: short, three attempts, since each of them may be repeated. */
const CONTROL_CALL_MS_MAX = 5_000;
const CONTROL_ATTEMPTS_MAX = 3;

/** What the clients of the services in the control Region have in common. `AWS_ENDPOINT_URL_<SERVICE>` is honoured by the SDK itself. */
export const controlClient = (region: Region) => ({
  region,
  maxAttempts: CONTROL_ATTEMPTS_MAX,
  requestHandler: handlerWithin(CONTROL_CALL_MS_MAX),
});
