import { stepInputSchema } from '../../core/batch/step.ts';
import { framed, onLambda } from '../frame/lambda.ts';
import { poll } from './poll.ts';

export const createHandler = framed('poll', stepInputSchema, poll);
export const handler = onLambda(createHandler);
