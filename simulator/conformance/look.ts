import type { Expectation, Step } from './case.ts';
import { complaints, expectsThrottling, isThrottled } from './complaints.ts';
import type { Answer, Scene } from './laboratory.ts';
import { fill, type Values } from './placeholders.ts';

const THROTTLED_PAUSE_MS = 5_000;
/** A key whose state changes often is throttled by the minute. */
const THROTTLED_MAX = 24;

const LOOKS_MAX = 8;
const LOOK_AGAIN_MS = 2_000;

const READ = /^(Describe|Get|List)/;

const inputOf = (step: Step, values: Values): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fill(step.request, values) ?? {}));

const send = (scene: Scene, step: Step, values: Values): Promise<Answer> =>
  scene.send(step.at, step.operation, inputOf(step, values), step.asStranger === true);

/** A throttled call says nothing about the row, unless throttling is what the row is about: it is sent again later. */
const sendPatiently = async (scene: Scene, step: Step, values: Values, expected: readonly Expectation[]): Promise<Answer> => {
  let answer = await send(scene, step, values);
  if (expected.some(expectsThrottling)) return answer;
  for (let tries = 0; isThrottled(answer) && tries < THROTTLED_MAX; tries += 1) {
    await scene.pass(THROTTLED_PAUSE_MS);
    answer = await send(scene, step, values);
  }
  return answer;
};

/**
 * Sends one step's call.
 * @param mayBeStale whether a read that does not show what is expected gets further chances
 */
export const look = async (
  scene: Scene,
  step: Step,
  values: Values,
  expected: readonly Expectation[],
  mayBeStale: boolean,
): Promise<Answer> => {
  let answer = await sendPatiently(scene, step, values, expected);
  const isExpected = () => expected.some((one) => complaints(one, answer, values).length === 0);
  for (let looks = 1; mayBeStale && READ.test(step.operation) && looks < LOOKS_MAX && !isExpected(); looks += 1) {
    await scene.pass(LOOK_AGAIN_MS);
    answer = await sendPatiently(scene, step, values, expected);
  }
  return answer;
};

/** Sends one step's call many times at once. @returns what the last of them got, and whether an earlier one was throttled */
export const burst = async (scene: Scene, step: Step, values: Values, times: number): Promise<{ last: Answer; early: boolean }> => {
  const answers = await Promise.all(Array.from({ length: times }, () => send(scene, step, values)));
  return { last: answers.at(-1) ?? { accepted: {} }, early: answers.slice(0, -1).some(isThrottled) };
};
