import { isJsonObject } from '../json.ts';
import type { Block, Definition, State } from './definition.ts';
import { Fields } from './fields.ts';
import { SECONDS_MAX } from './read-errors.ts';
import { readState } from './read-state.ts';
import { DefinitionRefused } from './refused.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html */
const STATE_NAME_LENGTH_MAX = 80;

/** Every state that can follow this one. */
export const targetsOf = (state: State): readonly string[] => {
  if (state.type === 'Succeed' || state.type === 'Fail') return [];
  if (state.type === 'Choice')
    return [...state.choices.map(({ next }) => next), ...(state.otherwise === undefined ? [] : [state.otherwise])];
  const next = state.next === undefined ? [] : [state.next];
  return state.type === 'Task' || state.type === 'Map' ? [...next, ...state.catch.map((catcher) => catcher.next)] : next;
};

const readBlock = (fields: Fields, names: Set<string>): Block => {
  const startAt = fields.text('StartAt');
  const raw = fields.required('States');
  if (!isJsonObject(raw)) fields.refuse('States', 'expected an object.');
  const states = new Map<string, State>();
  for (const [name, rawState] of Object.entries(raw)) {
    if (names.has(name))
      throw new DefinitionRefused(name, 'States', 'there are two states of this name; a name must be unique in the whole machine.');
    if (name.length > STATE_NAME_LENGTH_MAX)
      throw new DefinitionRefused(name, 'States', `the name is longer than ${STATE_NAME_LENGTH_MAX} characters.`);
    names.add(name);
    states.set(
      name,
      readState(name, rawState, (inner) => readBlock(inner, names)),
    );
  }
  if (!states.has(startAt)) fields.refuse('StartAt', `names ${startAt}, and there is no such state.`);
  for (const state of states.values()) {
    const missing = targetsOf(state).find((target) => !states.has(target));
    if (missing !== undefined)
      throw new DefinitionRefused(state.name, 'Next', `leads to ${missing}, and there is no such state beside it.`);
  }
  return { startAt, states };
};

/**
 * Checks a definition in Amazon States Language against the common core and compiles it. The core is what independent
 * engines run alike: JSONPath; `lambda:invoke`, Choice, Wait, Map, Pass, Succeed, Fail. `docs/decisions/0003-our-own-interpreter.md`
 * @throws DefinitionRefused at the first thing outside it, naming state and field.
 */
export const parseDefinition = (raw: unknown): Definition => {
  const fields = new Fields(raw, '');
  const language = fields.optional('QueryLanguage') ?? 'JSONPath';
  if (language !== 'JSONPath') fields.refuse('QueryLanguage', `expected JSONPath, got ${JSON.stringify(language)}.`);
  const timeoutSeconds = fields.optionalInteger('TimeoutSeconds', 1, SECONDS_MAX);
  const block = readBlock(fields, new Set());
  fields.finish();
  return { block, timeoutSeconds };
};
