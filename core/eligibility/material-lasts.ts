import { viewIn } from '../key/agree.ts';
import { instant } from '../words/time.ts';
import { pass, type Rule, refuse } from './rule.ts';

/** Imported key material must last for the operation and a while after it, where the key will be. What no Region shows expires nowhere. */
export const materialLasts: Rule = ({ materialNeeded, readings }) => {
  if (materialNeeded === 'not-asked') return pass;
  const { regions, until } = materialNeeded;
  for (const region of regions) {
    const expiresAt = viewIn(readings, region)?.materialExpiresAt;
    if (expiresAt !== undefined && expiresAt < until)
      return refuse('MATERIAL_EXPIRES', `in ${region} at ${instant(expiresAt)}, and it is needed there until ${instant(until)}`);
  }
  return pass;
};
