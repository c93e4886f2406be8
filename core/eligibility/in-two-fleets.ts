import { pass, type Rule, refuse } from './rule.ts';

/** A key belongs to one fleet: two would move it against each other. */
export const inTwoFleets: Rule = ({ otherFleets }) =>
  otherFleets.length === 0 ? pass : refuse('IN_TWO_FLEETS', `also selected by ${otherFleets.join(', ')}`);
