import { checkFleets, type RightFile, type WrongFile, wrongFile } from './check.ts';
import { readYaml } from './yaml-text.ts';

/** A fleet file that is right, with what it becomes. */
export interface RightText extends RightFile {
  /** The same file in JSON, as functions read it: what was written, without defaults. */
  readonly json: string;
}

/**
 * Reads the fleet file that people write. Never throws: everything that is wrong with the text comes back at once, in the order of
 * its lines, at most 20 problems. Functions do without it: they read the same file in JSON, by `checkFleets`.
 * @param text the YAML
 * @param fileName the name the problems shall carry
 */
export const parseFleetFile = (text: string, fileName: string): RightText | WrongFile => {
  const yaml = readYaml(text, fileName);
  if (yaml.kind === 'wrong') return wrongFile(yaml.problems);
  const checked = checkFleets(yaml, fileName);
  return checked.kind === 'wrong' ? checked : { ...checked, json: `${JSON.stringify(yaml.value, undefined, 2)}\n` };
};
