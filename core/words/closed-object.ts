import { z } from 'zod';

/** An object of these fields and no other. Who sends another one is told which there are. */
export const closedObject = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, `expected an object with the fields ${Object.keys(shape).join(', ')}`);
