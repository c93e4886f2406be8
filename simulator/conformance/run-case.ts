import type { Case, Expectation } from './case.ts';
import { complaints, describeAnswer } from './complaints.ts';
import type { Answer, Laboratory, Scene } from './laboratory.ts';
import { burst, look } from './look.ts';
import { differences } from './match.ts';
import { fill, type Values } from './placeholders.ts';
import { ACCEPTED, kept, settle, walk } from './walk.ts';

/** What came of one case. `told` are sentences: differences, the reason for a skip, or which of several lawful answers came. */
export interface Result {
  readonly row: Case;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'inconclusive';
  readonly told: readonly string[];
}

/** One way through a case: which of the lawful answers KMS shall give, and which it may. */
interface Way {
  readonly temperament: Parameters<Laboratory['enter']>[1];
  readonly lawful: readonly Expectation[];
}

/** Where somebody can choose among lawful answers, each is asked for in turn; AWS is asked once, and may give any. */
const waysOf = ({ isReal }: Laboratory, { alternatives, step }: Case): readonly Way[] => {
  if (alternatives === undefined) return [{ temperament: {}, lawful: [step.expect ?? ACCEPTED] }];
  if (isReal) return [{ temperament: {}, lawful: alternatives.map(({ expect }) => expect) }];
  return alternatives.map(({ when, expect }) => ({ temperament: when, lawful: [expect] }));
};

/** The case's own step. @returns the answer, and sentences about how it differs from every lawful one */
const ask = async (lab: Laboratory, scene: Scene, { step, times }: Case, lawful: readonly Expectation[], values: Values) => {
  if (step.onceSettled) await settle(scene, step.at, values);
  const compare = (answer: Answer): readonly string[] => {
    const wrong = lawful.map((expected) => complaints(expected, answer, values));
    return wrong.find(({ length }) => length === 0) ?? wrong[0] ?? [];
  };
  if (times === undefined) {
    const answer = await look(scene, step, values, lawful, lab.isReal);
    return { answer, wrong: compare(answer) };
  }
  const { last, early } = await burst(scene, step, values, times);
  return { answer: last, wrong: early ? [`one of the first ${times - 1} calls was throttled already`] : compare(last) };
};

const goThrough = async (lab: Laboratory, scene: Scene, row: Case, lawful: readonly Expectation[]): Promise<Omit<Result, 'row'>> => {
  const states = row.states ?? {};
  const prepared = await walk(scene, row.before ?? [], scene.values, lab.isReal);
  if (prepared.wrong.length > 0) return { outcome: 'failed', told: prepared.wrong };
  await scene.bringAbout(states);
  const { answer, wrong } = await ask(lab, scene, row, lawful, prepared.values);
  if (lab.isReal && wrong.length > 0 && !(await scene.lasts(states))) {
    return { outcome: 'inconclusive', told: ['the state had passed before the call came'] };
  }
  const known = { ...prepared.values, ...kept(row.step, answer, prepared.values) };
  const after = await walk(scene, row.after ?? [], known, lab.isReal);
  const trail = row.trail === undefined ? [] : differences(fill(row.trail, after.values), scene.trail(), 'the trail');
  const told = [...wrong, ...after.wrong, ...trail];
  if (told.length > 0) return { outcome: 'failed', told };
  return { outcome: 'passed', told: lawful.length > 1 ? [`of the lawful answers came: ${describeAnswer(answer)}`] : [] };
};

/** Where reads may be stale and states may lag, what differs gets a second chance, and the result says so. */
const goThroughTwice = async (lab: Laboratory, row: Case, { lawful, temperament }: Way): Promise<Omit<Result, 'row'>> => {
  const first = await goThrough(lab, await lab.enter(row, temperament), row, lawful);
  if (!lab.isReal || first.outcome === 'passed') return first;
  lab.doubt();
  const second = await goThrough(lab, await lab.enter(row, temperament), row, lawful);
  return { ...second, told: [...second.told, ...first.told.map((sentence) => `at the first attempt: ${sentence}`)] };
};

/** Runs one case. @throws only what is no answer of KMS: a bug of ours, or no connection */
export const runCase = async (lab: Laboratory, row: Case): Promise<Result> => {
  const reason = lab.cannot(row);
  if (reason !== undefined) return { row, outcome: 'skipped', told: [reason] };
  const results: Omit<Result, 'row'>[] = [];
  for (const way of waysOf(lab, row)) results.push(await goThroughTwice(lab, row, way));
  const worst = results.find(({ outcome }) => outcome === 'failed') ?? results.find(({ outcome }) => outcome === 'inconclusive');
  return { row, outcome: worst?.outcome ?? 'passed', told: results.flatMap(({ told }) => told) };
};
