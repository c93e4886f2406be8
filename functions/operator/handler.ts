import { z } from 'zod';
import { framed, onLambda } from '../frame/lambda.ts';
import { operator } from './operator.ts';
import { wrongDoor } from './wrong-door.ts';

export const createHandler = framed('operator', z.unknown(), operator);

const answer = onLambda(createHandler);

/** As Lambda calls it: by the URL of an alias, which is the right that IAM has checked. */
export const handler = async (event: unknown, context: unknown): Promise<unknown> => {
  const wrong = wrongDoor(event, context);
  return wrong === undefined
    ? answer(event)
    : { statusCode: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify(wrong) };
};
