import type { Decision } from '../../core/decision/decision.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../core/limits.ts';
import type { Runtime } from '../frame/runtime.ts';
import { Situation } from '../frame/situation.ts';

/** Another delivery of the same signal is being decided. Lambda brings this one again in a minute, so that none is lost if the other dies. */
export class StillDecidingError extends Situation {
  override readonly name = 'StillDeciding';
}

export type Claimed = { readonly kind: 'claimed'; readonly version: number } | { readonly kind: 'decided'; readonly decision: Decision };

/** Whether whoever was deciding has died: no function takes that long. */
export const isAbandoned = ({ state, at }: Pick<Decision, 'state' | 'at'>, now: number): boolean =>
  state === 'deciding' && now - at > FUNCTION_TIMEOUT_SECONDS.trigger * 1000;

/**
 * Claims a signal for one fleet, or gives the decision that there is. A claim older than the function's timeout was left by one that
 * died: whoever finds it goes on.
 * @param id the decision's ID, equal for all deliveries of the signal
 * @throws StillDecidingError while another delivery is being decided
 */
export const claimed = async (runtime: Runtime, id: string, claim: Decision): Promise<Claimed> => {
  const before = await runtime.table.read<Decision>('decision', id);
  if (before?.value.state === 'decided') return { kind: 'decided', decision: before.value };
  const version = before?.version ?? 0;
  const free = before === undefined || isAbandoned(before.value, claim.at);
  if (free && (await runtime.table.write('decision', id, claim, version))) return { kind: 'claimed', version: version + 1 };
  throw new StillDecidingError(`Another delivery of this signal is being decided for fleet ${claim.fleet} (${id}).`);
};

/** What the work brings, or `otherwise` when somebody else decides the same at this moment, in this or the other control Region. */
export const unlessBeingDecided = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StillDecidingError) return otherwise;
    throw error;
  }
};
