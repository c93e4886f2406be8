import { LineCounter, parseDocument } from 'yaml';
import { gotText } from '../words/got.ts';
import type { FileDocument } from './document.ts';
import { fieldText } from './field-path.ts';
import type { Position } from './position.ts';
import type { FleetFileProblem } from './problem.ts';
import { oddName, offsetOf, yamlPlaces } from './yaml-nodes.ts';

/** A mebibyte: some ten thousand keys named one by one, and far more than a person keeps by hand. */
const charactersMax = 1024 * 1024;

/** A YAML text whose values can be found again by their path. */
interface YamlText extends FileDocument {
  readonly kind: 'read';
}

/** What {@link readYaml} found: the value with its positions, or what is wrong with the text itself. */
type YamlReading = YamlText | { readonly kind: 'wrong'; readonly problems: readonly FleetFileProblem[] };

const EXPECTED_INSTEAD = {
  alias: 'the value itself, because anchors and aliases would hide from a reader what a fleet holds',
  repeated: 'every field at most once',
  'odd-name': 'a plain word as the name of a field',
} as const;

const gotInstead = (name: unknown, fault: keyof typeof EXPECTED_INSTEAD): string => {
  if (fault === 'alias') return 'an alias';
  if (fault === 'repeated') return `${gotText(name)} a second time`;
  return name === oddName ? 'a list or a mapping as a name' : gotText(name);
};

/** Reads YAML without ever throwing: text that cannot be read is told as problems, with their lines. */
export const readYaml = (text: string, file: string): YamlReading => {
  if (text.length > charactersMax) {
    const got = `${text.length} characters`;
    return {
      kind: 'wrong',
      problems: [{ kind: 'syntax', file, line: 1, column: 1, field: 'the file', expected: `at most ${charactersMax} characters`, got }],
    };
  }
  const lineCounter = new LineCounter();
  const lines = text.split('\n');
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  // One schema, whatever a directive asks for: in YAML 1.1 the word no is a boolean, and a date is no text.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, schema: 'core', resolveKnownTags: false });

  const unreadable = [...document.errors, ...document.warnings].map((error): FleetFileProblem => {
    const position = positionAt(error.pos[0]);
    const near = lines
      .slice(position.line - 1, position.line)
      .join('')
      .trim();
    const got = near === '' ? 'an empty line' : gotText(near);
    return { kind: 'syntax', file, ...position, field: 'the file', expected: error.message, got };
  });
  if (unreadable.length > 0) return { kind: 'wrong', problems: unreadable };

  const places = [...yamlPlaces(document.contents ?? undefined)];
  const unwelcome = places.flatMap((place): FleetFileProblem[] => {
    if (place.fault === undefined) return [];
    const position = positionAt(place.name?.range?.[0] ?? offsetOf(place));
    const got = gotInstead(place.path.at(-1), place.fault);
    return [{ kind: 'wrong-value', file, ...position, field: fieldText(place.path), expected: EXPECTED_INSTEAD[place.fault], got }];
  });
  if (unwelcome.length > 0) return { kind: 'wrong', problems: unwelcome };

  const placeAt = new Map(places.map((place) => [fieldText(place.path), place]));
  const positionOf: FileDocument['positionOf'] = (path, part) => {
    const place = placeAt.get(fieldText(path));
    // Ends at the latest at the empty path, where every document has a place.
    if (place === undefined) return positionOf(path.slice(0, -1), 'name');
    return positionAt((part === 'name' ? place.name?.range?.[0] : undefined) ?? offsetOf(place));
  };
  return { kind: 'read', value: document.toJS(), positionOf };
};
