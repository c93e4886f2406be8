import { excepted } from './excepted.ts';
import { inTwoFleets } from './in-two-fleets.ts';
import { known } from './known.ts';
import { materialLasts } from './material-lasts.ts';
import { multiRegion } from './multi-region.ts';
import { notRotating } from './not-rotating.ts';
import type { Observation } from './observation.ts';
import type { Rule, Verdict } from './rule.ts';
import { sourceEnabled } from './source-enabled.ts';
import { sourceReadable } from './source-readable.ts';
import { targetEnabled } from './target-enabled.ts';
import { targetHoldsReplica } from './target-holds-replica.ts';

/** Every rule, in the order in which the first refusal counts. */
export const RULES: readonly Rule[] = [
  excepted,
  inTwoFleets,
  known,
  multiRegion,
  targetHoldsReplica,
  targetEnabled,
  sourceReadable,
  sourceEnabled,
  notRotating,
  materialLasts,
];

/** The rules’ common verdict: the first refusal, else the first unknown, else pass. */
export const judge = (observation: Observation): Verdict => {
  const verdicts = RULES.map((rule) => rule(observation));
  return verdicts.find(({ kind }) => kind === 'refuse') ?? verdicts.find(({ kind }) => kind === 'unknown') ?? { kind: 'pass' };
};
