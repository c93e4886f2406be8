import type { Block, MapState } from './definition.ts';
import type { Fields } from './fields.ts';
import { readDataPath, readPath } from './read-path.ts';
import { readFallible } from './read-step.ts';
import { readTemplate } from './read-template.ts';

/** How a Map reads the states inside it; given by the caller, because those may be Maps again. */
export type ReadBlock = (raw: Fields) => Block;

/** More children than these never run at once. */
const CONCURRENCY_MAX = 10_000;

const readMaxConcurrency = (fields: Fields): MapState['maxConcurrency'] => {
  const count = fields.optionalInteger('MaxConcurrency', 0, CONCURRENCY_MAX);
  if (fields.optional('MaxConcurrencyPath') === undefined) return count ?? 0;
  if (count !== undefined) fields.refuse('MaxConcurrencyPath', 'is given besides MaxConcurrency; only one may be.');
  return readPath(fields, 'MaxConcurrencyPath', 'data-only');
};

const readMapMode = (name: string, fields: Fields, processor: Fields): MapState['mode'] => {
  const config = processor.inner('ProcessorConfig');
  const mode = config.text('Mode');
  if (mode === 'INLINE') {
    config.finish();
    return { kind: 'inline' };
  }
  if (mode !== 'DISTRIBUTED') config.refuse('Mode', `expected INLINE or DISTRIBUTED, got ${mode}.`);
  if (config.text('ExecutionType') !== 'STANDARD')
    config.refuse('ExecutionType', 'expected STANDARD: express children run at least once and end after five minutes.');
  config.finish();
  return {
    kind: 'distributed',
    toleratedFailureCount: fields.optionalInteger('ToleratedFailureCount', 0, 100_000_000) ?? 0,
    label: fields.optionalText('Label') ?? name,
  };
};

export const readMap = (name: string, fields: Fields, readBlock: ReadBlock): MapState => {
  if (fields.optional('TimeoutSeconds') !== undefined)
    fields.refuse('TimeoutSeconds', 'a Map cannot have a timeout; give the Tasks in it one.');
  const processor = fields.inner('ItemProcessor');
  const mode = readMapMode(name, fields, processor);
  const block = readBlock(processor);
  processor.finish();
  return {
    type: 'Map',
    ...readFallible(name, fields),
    itemsPath: readDataPath(fields, 'ItemsPath'),
    itemSelector: readTemplate(fields, 'ItemSelector'),
    maxConcurrency: readMaxConcurrency(fields),
    processor: block,
    mode,
  };
};
