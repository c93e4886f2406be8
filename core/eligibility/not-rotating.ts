import { pass, type Rule, refuse, unknown } from './rule.ts';

/** What a promotion does to an on-demand rotation that is under way is not documented, so operations that can wait do. */
export const notRotating: Rule = ({ rotationRunning }) => {
  if (rotationRunning === true) return refuse('ROTATING', 'an on-demand rotation has started and not ended');
  if (rotationRunning === false || rotationRunning === 'not-asked') return pass;
  if (rotationRunning.code === 'denied') return refuse('DENIED_SOURCE', rotationRunning.message);
  return unknown(`the rotation status could not be read: ${rotationRunning.errorName} ${rotationRunning.message}`);
};
