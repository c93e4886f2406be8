import type { FaultedCall, Interference, KmsFault } from '../faults/kms-fault.ts';

/**
 * The mild incident that a story's signals tell of: two of each five DescribeKey calls to the Region are answered with an error, for
 * as long as it lasts. Counted and not drawn, so that five probes always see it.
 */
export class Incident implements KmsFault {
  readonly name = 'incident';
  struck = 0;
  #calls = 0;
  #region: string | undefined;

  begin(region: string): void {
    this.#region = region;
  }

  /** The Region is well from now on. */
  end(): void {
    this.#region = undefined;
  }

  interfere({ operation, region }: FaultedCall): Interference | undefined {
    if (operation !== 'DescribeKey' || region !== this.#region) return undefined;
    this.#calls += 1;
    if (this.#calls % 5 !== 2 && this.#calls % 5 !== 4) return undefined;
    this.struck += 1;
    const message = 'The request was rejected because an internal exception occurred. The request can be retried.';
    return { kind: 'refuse', name: 'KMSInternalException', message, status: 500 };
  }
}

/** Faults that put the source Region in trouble from the beginning by themselves. */
const TROUBLE_ENOUGH: ReadonlySet<string> = new Set(['degraded', 'flapping', 'source-down', 'source-down-for']);

/**
 * The incident of a story that begins with a signal, unless its faults are trouble enough: nothing starts by itself where probes find
 * all well.
 */
export const incidentOf = (story: {
  readonly startedBy: 'event' | 'operator';
  readonly source: string;
  readonly faults: ReadonlyArray<{ readonly fault: { readonly name: string } }>;
}): Incident => {
  const incident = new Incident();
  if (story.startedBy === 'event' && !story.faults.some(({ fault }) => TROUBLE_ENOUGH.has(fault.name))) incident.begin(story.source);
  return incident;
};
