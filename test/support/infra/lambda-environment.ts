import type { FunctionName } from '../../../core/limits.ts';
import type { Stage } from './stage.ts';

/** A function's environment: what the template says, and what Lambda adds. */
export const lambdaEnvironment = (stage: Stage, name: FunctionName): Readonly<Record<string, string>> => ({
  ...stage.environmentOf(name),
  AWS_REGION: stage.region,
});
