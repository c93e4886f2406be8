import { z } from 'zod';

/** A call on a path that is not the right of the alias it came by. */
export interface WrongDoor {
  readonly message: string;
}

const contextSchema = z.looseObject({ invokedFunctionArn: z.string() });
const eventSchema = z.looseObject({ rawPath: z.string() });

/**
 * IAM cannot tell the paths of a function URL apart, only the aliases of a function: so each right has an alias with a URL of its
 * own, and by the URL of one alias only its path is answered.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * @returns what is wrong, or undefined when the path belongs to the alias
 */
export const wrongDoor = (event: unknown, context: unknown): WrongDoor | undefined => {
  const path = eventSchema.safeParse(event).data?.rawPath;
  const alias = contextSchema.safeParse(context).data?.invokedFunctionArn.split(':')[7];
  if (path !== undefined && alias !== undefined && path === `/${alias}`) return undefined;
  return {
    message: `By this URL only /${alias ?? 'nothing'} may be asked for; got ${path?.slice(0, 200) ?? 'no path'}. Nothing was done.`,
  };
};
