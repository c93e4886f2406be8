import type { RunRequest } from '../run/request.ts';
import type { Judgement } from './evaluate.ts';

/** What was decided about one signal and one fleet, and why; also when the answer was no. */
export interface Decision {
  /** `deciding` claims the signal; a claim older than the function's timeout was left by one that died. */
  readonly state: 'deciding' | 'decided';
  readonly at: number;
  readonly fleet: string;
  /** What came, in words. */
  readonly signal: string;
  readonly request?: RunRequest;
  readonly judgement?: Judgement;
  /** `started`: a run goes; `running`: it went already; `refused`: a guard said no; `ignored`: nothing to decide. */
  readonly verdict?: 'started' | 'running' | 'refused' | 'ignored';
  readonly why?: string;
  readonly runId?: string;
}
