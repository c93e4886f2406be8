import { stepInputSchema } from '../../core/batch/step.ts';
import { framed, onLambda } from '../frame/lambda.ts';
import { verify } from './verify.ts';

export const createHandler = framed('verify', stepInputSchema, verify);
export const handler = onLambda(createHandler);
