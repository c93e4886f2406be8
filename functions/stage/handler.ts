import { framed, onLambda } from '../frame/lambda.ts';
import { stage, stageInputSchema } from './stage.ts';

export const createHandler = framed('stage', stageInputSchema, stage);
export const handler = onLambda(createHandler);
