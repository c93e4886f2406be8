import type { Expectation, Place, Step } from './case.ts';
import { complaints } from './complaints.ts';
import type { Answer, Scene } from './laboratory.ts';
import { look } from './look.ts';
import { differences } from './match.ts';
import type { Values } from './placeholders.ts';
import { wrappedMaterial } from './wrapped-material.ts';

export const ACCEPTED: Expectation = { accepted: {} };

const SETTLING_MS_MAX = 180_000;
const LOOK_AGAIN_MS = 2_000;
const UNDER_WAY = ['Updating', 'Creating'];

const isUnderWay = (answer: Answer): boolean =>
  'accepted' in answer && UNDER_WAY.some((KeyState) => differences({ KeyMetadata: { KeyState } }, answer.accepted).length === 0);

/** Waits until nothing is under way at any place where the key is. */
export const settle = async (scene: Scene, at: Place, { keyId }: Values): Promise<void> => {
  const places = [...new Set<Place>(['primary', 'replica', at])];
  for (let waitedMs = 0; waitedMs < SETTLING_MS_MAX; waitedMs += LOOK_AGAIN_MS) {
    const answers = await Promise.all(places.map((place) => scene.send(place, 'DescribeKey', { KeyId: keyId }, false)));
    if (!answers.some(isUnderWay)) return;
    await scene.pass(LOOK_AGAIN_MS);
  }
};

const fieldAt = (answer: unknown, path: string): unknown =>
  path.split('.').reduce((value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined), answer);

/** What later steps may use of an answer; the public key of an import gives the wrapped material along with it. */
export const kept = (step: Step, answer: Answer, { material }: Values): Values => {
  if (!('accepted' in answer)) return {};
  const values = Object.fromEntries(
    Object.entries(step.keep ?? {}).map(([name, path]) => [`kept.${name}`, fieldAt(answer.accepted, path)]),
  );
  const publicKey = values['kept.public key'];
  if (!(publicKey instanceof Uint8Array && material instanceof Uint8Array)) return values;
  return { ...values, 'wrapped material': wrappedMaterial(publicKey, material) };
};

/** Steps in order; what one keeps, the later ones may use. @returns the values, and sentences about what was wrong */
export const walk = async (scene: Scene, steps: readonly Step[], known: Values, mayBeStale: boolean) => {
  let values = known;
  const wrong: string[] = [];
  for (const step of steps) {
    if (step.onceSettled) await settle(scene, step.at, values);
    const expected = step.expect ?? ACCEPTED;
    const answer = await look(scene, step, values, [expected], mayBeStale);
    wrong.push(...complaints(expected, answer, values).map((complaint) => `${step.operation} (${step.at}): ${complaint}`));
    values = { ...values, ...kept(step, answer, values) };
  }
  return { values, wrong };
};
