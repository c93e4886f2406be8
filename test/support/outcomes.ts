import fc from 'fast-check';
import { because, type Outcome, PROMOTED } from '../../core/outcome/outcome.ts';
import { REASONS, type ReasonCode } from '../../core/outcome/reasons.ts';

export const reasonCodes = Object.keys(REASONS) as ReasonCode[];

/** Every outcome that a key can have. */
export const everyOutcome: readonly Outcome[] = [PROMOTED, ...reasonCodes.map(because)];

export const anyOutcome = fc.constantFrom(...everyOutcome);
