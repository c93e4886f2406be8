import { stepInputSchema } from '../../core/batch/step.ts';
import { framed, onLambda } from '../frame/lambda.ts';
import { promote } from './promote.ts';

export const createHandler = framed('promote', stepInputSchema, promote);
export const handler = onLambda(createHandler);
