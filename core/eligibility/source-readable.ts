import { pass, type Rule, refuse, unknown } from './rule.ts';

/** The primary's Region should show the key to us; being denied there is final, silence is not. */
export const sourceReadable: Rule = ({ primary, readings }) => {
  const reading = primary === undefined ? undefined : readings.get(primary);
  if (reading === undefined) return unknown('no Region says where the primary is');
  if (reading.kind === 'seen') return pass;
  if (reading.code === 'denied') return refuse('DENIED_SOURCE', reading.message);
  return unknown(`${primary}: ${reading.errorName} ${reading.message}`);
};
