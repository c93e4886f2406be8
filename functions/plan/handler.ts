import { framed, onLambda } from '../frame/lambda.ts';
import { plan, planInputSchema } from './plan.ts';

export const createHandler = framed('plan', planInputSchema, plan);
export const handler = onLambda(createHandler);
