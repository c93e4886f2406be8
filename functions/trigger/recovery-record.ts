import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { recordId } from './record-id.ts';

/** The decision in which a person is asked whether blocked keys follow; the end of another incident of the same trouble asks anew. */
export const recoveryRecord = (request: RunRequest, overAt: number): string =>
  recordId(request.fleet, 'recovered', intentId(request), overAt);
