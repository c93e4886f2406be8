import { framed, onLambda } from '../frame/lambda.ts';
import { report, reportInputSchema } from './report.ts';

export const createHandler = framed('report', reportInputSchema, report);
export const handler = onLambda(createHandler);
