import { pass, type Rule, refuse } from './rule.ts';

/** A key that the fleet file lists as an exception stays where it is until the exception expires. */
export const excepted: Rule = ({ exception }) =>
  exception === undefined ? pass : refuse('EXCEPTED', `${exception.reason} (${exception.owner}, until ${exception.expires})`);
