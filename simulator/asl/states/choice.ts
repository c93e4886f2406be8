import type { ChoiceState, Comparable, Condition, Ordering } from '../definition/definition.ts';
import { runtimeFailure, StateFailure } from '../failure.ts';
import type { JsonValue } from '../json.ts';
import { lookUp, type Path, type Sources } from '../path.ts';
import { parseTimestamp } from '../timestamp.ts';

const mustFind = (path: Path, sources: Sources): JsonValue => {
  const value = lookUp(path, sources);
  if (value === undefined) throw runtimeFailure(`The Choice looks at ${path.text}, and it selects nothing.`);
  return value;
};

/** A value as something that can be ordered, or undefined when it is not of this type. */
const comparable = (type: Comparable, value: JsonValue): string | number | boolean | undefined => {
  if (type === 'Timestamp') return typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (type === 'Numeric') return typeof value === 'number' ? value : undefined;
  if (type === 'Boolean') return typeof value === 'boolean' ? value : undefined;
  return typeof value === 'string' ? value : undefined;
};

const ordered = <T>(ordering: Ordering, left: T, right: T): boolean => {
  switch (ordering) {
    case 'Equals':
      return left === right;
    case 'LessThan':
      return left < right;
    case 'GreaterThan':
      return left > right;
    case 'LessThanEquals':
      return left <= right;
    case 'GreaterThanEquals':
      return left >= right;
  }
};

/** A variable of another type matches nothing; a path operand of another type is an error of the definition. */
const compare = ({ variable, type, ordering, operand }: Condition & { kind: 'compare' }, sources: Sources): boolean => {
  const left = comparable(type, mustFind(variable, sources));
  const right = comparable(type, typeof operand === 'object' ? mustFind(operand, sources) : operand);
  if (right === undefined && typeof operand === 'object')
    throw runtimeFailure(`The Choice compares with ${operand.text}, and that is no ${type.toLowerCase()}.`);
  return left !== undefined && right !== undefined && ordered(ordering, left, right);
};

/** @throws StateFailure `States.Runtime` when a path (other than in IsPresent) selects nothing. */
export const holds = (condition: Condition, sources: Sources): boolean => {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((inner) => holds(inner, sources));
    case 'or':
      return condition.conditions.some((inner) => holds(inner, sources));
    case 'not':
      return !holds(condition.condition, sources);
    case 'isPresent':
      return lookUp(condition.variable, sources) !== undefined;
    case 'isNull':
      return mustFind(condition.variable, sources) === null;
    case 'compare':
      return compare(condition, sources);
  }
};

/** The state that follows. @throws StateFailure `States.NoChoiceMatched` when no rule holds and there is no Default. */
export const choose = (state: ChoiceState, sources: Sources): string => {
  const next = state.choices.find(({ condition }) => holds(condition, sources))?.next ?? state.otherwise;
  if (next === undefined)
    throw new StateFailure('States.NoChoiceMatched', `No rule of state "${state.name}" holds, and it has no Default.`);
  return next;
};
