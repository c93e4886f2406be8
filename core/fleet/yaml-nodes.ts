import { isAlias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import type { FieldPath } from './field-path.ts';

/** One place in a YAML document. */
interface YamlPlace {
  readonly path: FieldPath;
  /** The node of the field's name; undefined for list items and for the document itself. */
  readonly name: Node | undefined;
  /** The node of the value; undefined where nothing stands. */
  readonly value: Node | undefined;
  /** What our files do without: an alias, a name used twice, a name that is no plain word. */
  readonly fault: 'alias' | 'repeated' | 'odd-name' | undefined;
}

/** Stands in a path for a name that is a list or a mapping. */
export const oddName = '?';

const nodeOf = (thing: unknown): Node | undefined => (isNode(thing) ? thing : undefined);

/** Every place of a document, parents before their children. */
export function* yamlPlaces(value: Node | undefined, path: FieldPath = [], name?: Node, named?: YamlPlace['fault']): Generator<YamlPlace> {
  yield { path, name, value, fault: isAlias(value) ? 'alias' : named };
  if (isSeq(value)) {
    for (const [index, item] of value.items.entries()) yield* yamlPlaces(nodeOf(item), [...path, index]);
  }
  if (!isMap(value)) return;
  const seen = new Set<string>();
  for (const pair of value.items) {
    const word = isScalar(pair.key) ? String(pair.key.value ?? '') : undefined;
    // A field named __proto__ would be dropped without a word when the value is taken over into an object.
    const odd = word === undefined || word === '__proto__';
    const fault = odd ? 'odd-name' : seen.has(word) ? 'repeated' : undefined;
    seen.add(word ?? '');
    yield* yamlPlaces(nodeOf(pair.value), [...path, word ?? oddName], nodeOf(pair.key), fault);
  }
}

/** Where a place begins, in characters from the start of the text; a block of fields or items begins at its own name. */
export const offsetOf = ({ name, value }: YamlPlace): number => {
  const written = isScalar(value) && value.source !== '' && value.source !== undefined;
  return (written || name === undefined ? value : name)?.range?.[0] ?? 0;
};
