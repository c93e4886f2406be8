import { z } from 'zod';
import { framed, onLambda } from '../frame/lambda.ts';
import { trigger } from './trigger.ts';

export const createHandler = framed('trigger', z.unknown(), trigger);
export const handler = onLambda(createHandler);
