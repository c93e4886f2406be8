import type { FunctionName } from '../../core/limits.ts';
import type { CreateHandler } from '../../functions/frame/lambda.ts';
import { createHandler as operator } from '../../functions/operator/handler.ts';
import { createHandler as plan } from '../../functions/plan/handler.ts';
import { createHandler as poll } from '../../functions/poll/handler.ts';
import { createHandler as precheck } from '../../functions/precheck/handler.ts';
import { createHandler as promote } from '../../functions/promote/handler.ts';
import { createHandler as report } from '../../functions/report/handler.ts';
import { createHandler as stage } from '../../functions/stage/handler.ts';
import { createHandler as trigger } from '../../functions/trigger/handler.ts';
import { createHandler as verify } from '../../functions/verify/handler.ts';

/** The functions that are deployed, as they are deployed. */
export const FUNCTIONS: Readonly<Record<FunctionName, CreateHandler>> = {
  trigger,
  plan,
  stage,
  precheck,
  promote,
  poll,
  verify,
  report,
  operator,
};
