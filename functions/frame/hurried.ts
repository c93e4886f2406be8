import type { Kms } from '../../core/ports/kms.ts';
import type { Runtime } from './runtime.ts';
import { tooLate, within } from './within.ts';

/**
 * The same runtime for somebody who has seconds and needs a sample: a key that is not described in `ms` counts as unanswered, so that
 * one lost reply does not hold up all the others.
 */
export const hurried = (runtime: Runtime, ms: number): Runtime => {
  const describe: Kms['describe'] = (key) => within(runtime.clock, ms, runtime.kms.describe(key), tooLate(ms));
  // Not spread: on AWS the port is loaded at its first call, and has no methods of its own before that.
  const kms = new Proxy(runtime.kms, { get: (port, method) => (method === 'describe' ? describe : Reflect.get(port, method)) });
  return { ...runtime, kms };
};
