import { stepInputSchema } from '../../core/batch/step.ts';
import { framed, onLambda } from '../frame/lambda.ts';
import { precheck } from './precheck.ts';

export const createHandler = framed('precheck', stepInputSchema, precheck);
export const handler = onLambda(createHandler);
