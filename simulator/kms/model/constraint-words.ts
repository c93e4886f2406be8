import type { Pattern, Shape } from './shape.ts';

/** What one shape demands, in the words of KMS, in the order in which it lists them. */
const demands = (shape: Shape): readonly string[] => {
  switch (shape.kind) {
    case 'text':
      return [
        `Member must have length less than or equal to ${shape.max}`,
        `Member must have length greater than or equal to ${shape.min}`,
        ...(shape.pattern === undefined ? [] : [patternWords(shape.pattern)]),
      ];
    case 'choice':
      return [choiceWords(shape.of)];
    default:
      return [];
  }
};

export const NOT_NULL = 'Member must not be null';

export const choiceWords = (choices: readonly string[]): string => `Member must satisfy enum value set: [${choices.join(', ')}]`;

export const patternWords = ({ source }: Pattern): string => `Member must satisfy regular expression pattern: ${source}`;

/** @returns undefined for a length within the bounds */
export const lengthWords = (length: number, min: number, max: number): string | undefined => {
  if (length < min) return `Member must have length greater than or equal to ${min}`;
  return length > max ? `Member must have length less than or equal to ${max}` : undefined;
};

/** @returns undefined for a number within the bounds */
export const rangeWords = (value: number, min: number, max: number): string | undefined => {
  if (value < min) return `Member must have value greater than or equal to ${min}`;
  return value > max ? `Member must have value less than or equal to ${max}` : undefined;
};

/** A list of texts is blamed as a whole, with everything that each of its items must be. */
export const itemWords = (item: Shape): string => `Member must satisfy constraint: [${[...demands(item), NOT_NULL].join(', ')}]`;
