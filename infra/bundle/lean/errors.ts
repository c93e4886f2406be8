import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const adapters = fileURLToPath(new URL('../../../aws/', import.meta.url));

/** The classes of errors that our adapters tell apart by class; all others they know by name, if at all. */
const namedByUs = (): ReadonlySet<string> =>
  new Set(
    globSync('**/*.ts', { cwd: adapters }).flatMap((path) =>
      [...readFileSync(join(adapters, path), 'utf8').matchAll(/instanceof (\w+)/g)].map(([, name = '']) => name),
    ),
  );

const REGISTERED = /^n\d+_registry\.registerError\(\w+\$, (\w+)\);\n/gm;
const RETRYABLE = /^export class (\w+) extends \w+ \{(?:(?!^\}).*\n)*?\s+\$retryable/gm;

/**
 * A client registers a class for every error of its service, hundreds in all. An error that is not registered is thrown as the
 * service's general exception, with the same name, message and status: so only those stay that are told apart by class, and those
 * that the SDK itself marks for a retry.
 * @param schemas the text of a client's schemas
 * @param errors the text of its classes of errors
 */
export const withFewErrors = (schemas: string, errors: string): string => {
  const kept = new Set([...namedByUs(), ...[...errors.matchAll(RETRYABLE)].map(([, name = '']) => name)]);
  return schemas.replace(REGISTERED, (written, name: string) => (kept.has(name) ? written : ''));
};
