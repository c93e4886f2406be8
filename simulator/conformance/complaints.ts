import type { Expectation } from './case.ts';
import type { Answer } from './laboratory.ts';
import { differences } from './match.ts';
import { fill, type Values } from './placeholders.ts';

const THROTTLING = 'ThrottlingException';

export const isThrottled = (answer: Answer): boolean => 'refused' in answer && answer.refused === THROTTLING;

export const expectsThrottling = (expected: Expectation): boolean => 'refused' in expected && expected.refused === THROTTLING;

export const describeAnswer = (answer: Answer): string =>
  'refused' in answer ? `${answer.refused} (status ${answer.status ?? 'missing'}): ${answer.message}` : 'the call was accepted';

/** Sentences about how an answer differs from what was expected; empty when it does not. */
export const complaints = (expected: Expectation, answer: Answer, values: Values): readonly string[] => {
  if ('accepted' in expected) {
    if ('refused' in answer) return [`expected the call to be accepted, got ${describeAnswer(answer)}`];
    return differences(fill(expected.accepted, values), answer.accepted);
  }
  if (!('refused' in answer)) return [`expected ${expected.refused}, but the call was accepted`];
  const { refused, message, messageStarts, status } = expected;
  if (refused !== answer.refused) return [`expected ${refused}, got ${describeAnswer(answer)}`];
  const start = messageStarts === undefined ? '' : String(fill(messageStarts, values));
  return [
    ...differences({ ...(message && { message: fill(message, values) }), ...(status && { status }) }, answer),
    ...(answer.message.startsWith(start) ? [] : [`expected a message that begins with '${start}', got '${answer.message}'`]),
  ];
};
