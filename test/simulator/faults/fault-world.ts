import { parseFault } from '../../../simulator/faults/parse-fault.ts';
import { KmsWorld, SOURCE, TARGET, type WorldOptions } from '../kms/kms-world.ts';

interface FaultWorldOptions extends Omit<WorldOptions, 'makeFaults'> {
  readonly keyCount?: number;
}

/** A KMS with the faults that these texts ask for, as a user would write them, and with so many keys from source to target. */
export const worldWith = (texts: readonly string[], { keyCount = 100, ...options }: FaultWorldOptions = {}) => {
  const world = new KmsWorld({
    ...options,
    makeFaults: (clock, random) =>
      texts.map((text) => {
        const parsed = parseFault(text);
        if (parsed.kind !== 'kms') throw new Error(`Expected '${text}' to be a fault of KMS, got ${JSON.stringify(parsed)}.`);
        return parsed.make({ random, clock, source: SOURCE, target: TARGET, keyCount });
      }),
  });
  return { world, keyIds: Array.from({ length: keyCount }, () => world.key()) };
};

/** How a call ended: 'ok', or the error's name. */
export const ended = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    ({ name }: Error) => name,
  );

/** How often each ending came. */
export const tally = (endings: readonly string[]): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const ending of endings) counted[ending] = (counted[ending] ?? 0) + 1;
  return counted;
};
