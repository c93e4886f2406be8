import type { Guard } from '../guard.ts';
import { cooldown } from './cooldown.ts';
import { enoughEligible } from './enough-eligible.ts';
import { homeStable } from './home-stable.ts';
import { impairment } from './impairment.ts';
import { lease } from './lease.ts';
import { posture } from './posture.ts';
import { reversal } from './reversal.ts';
import { stopAlarms } from './stop-alarms.ts';
import { stopSwitch } from './stop-switch.ts';
import { targetAllowed } from './target-allowed.ts';
import { targetHealthy } from './target-healthy.ts';

/**
 * Every guard, asked by `trigger` and again by `plan`: a start from the console never passes `trigger`. Of several objections that weigh
 * the same, the first in this order gives the decision its rule.
 */
export const GUARDS: readonly Guard[] = [
  stopSwitch,
  posture,
  impairment,
  stopAlarms,
  targetAllowed,
  targetHealthy,
  lease,
  cooldown,
  reversal,
  enoughEligible,
  homeStable,
];
