import type { OperationName } from '../operation-name.ts';
import { KmsRefusal, validation } from '../refusal.ts';
import { choiceWords, itemWords, lengthWords, NOT_NULL, patternWords, rangeWords } from './constraint-words.ts';
import { type Parameters, REQUESTS } from './requests.ts';
import type { Members, Shape } from './shape.ts';

/** What a reading has found wrong so far, each in a sentence of KMS. */
type Complaints = string[];

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** How many complaints one answer lists at most. */
const COMPLAINTS_MAX = 20;

const complain = (complaints: Complaints, path: string, shown: string, words: string | undefined): void => {
  if (words !== undefined && complaints.length < COMPLAINTS_MAX) {
    complaints.push(`Value${shown} at '${path}' failed to satisfy constraint: ${words}`);
  }
};

const quoted = (value: string | number): string => ` '${value}'`;

const quotedList = (values: readonly unknown[]): string =>
  quoted(`[${values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(', ')}]`);

/** The answer to JSON of the wrong type, which KMS gives before it looks at any bound. */
const misfit = (value: unknown, wanted: string): KmsRefusal => {
  if (value === null) return new KmsRefusal('SerializationException', 'The body of the request is null.');
  if (Array.isArray(value)) return new KmsRefusal('SerializationException', 'Start of list found where not expected.');
  if (typeof value === 'object') return new KmsRefusal('SerializationException', 'Start of structure or map found where not expected.');
  const token = typeof value === 'boolean' ? String(value).toUpperCase() : (typeof value).toUpperCase();
  return new KmsRefusal('SerializationException', `${token}_VALUE can not be converted to ${wanted}`);
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const readText = (value: unknown): string => {
  if (typeof value !== 'string') throw misfit(value, 'a String');
  return value;
};

const readBytes = (value: unknown): Buffer => {
  const base64 = readText(value);
  if (base64.length % 4 !== 0 || !BASE64.test(base64)) throw new KmsRefusal('SerializationException', 'The value of a blob is not base64.');
  return Buffer.from(base64, 'base64');
};

/** The service model counts characters, not UTF-16 units. */
const characters = (value: string, max: number): number => (value.length <= max ? value.length : [...value].length);

/** `KeyId` is `keyId` in an error. */
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const readList = (shape: Extract<Shape, { kind: 'list' }>, value: unknown, path: string, complaints: Complaints): readonly unknown[] => {
  if (!Array.isArray(value)) throw misfit(value, 'a List');
  if (value.length > shape.max) complain(complaints, path, quotedList(value), lengthWords(value.length, 0, shape.max));
  if (shape.of.kind === 'structure') {
    return value.map((item, index) => readValue(shape.of, item, `${path}.${index + 1}.member`, complaints));
  }
  const ofItems: Complaints = [];
  const items = value.map((item) => readValue(shape.of, item, path, ofItems));
  if (ofItems.length > 0) complain(complaints, path, quotedList(value), itemWords(shape.of));
  return items;
};

const readMap = (value: unknown, path: string, complaints: Complaints): Readonly<Record<string, string>> => {
  if (!isObject(value)) throw misfit(value, 'a Map');
  const entries = Object.entries(value);
  if (entries.some(([, item]) => item === null)) {
    complain(complaints, path, quoted(JSON.stringify(value)), `Map value must satisfy constraint: [${NOT_NULL}]`);
    return {};
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, readText(item)]));
};

const readMembers = (members: Members, value: unknown, path: string, complaints: Complaints): Record<string, unknown> => {
  if (!isObject(value)) throw misfit(value, 'a Structure');
  const read: Record<string, unknown> = {};
  const strangers = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
  if (strangers.length > 0) complaints.push(`Parameters that this KMS does not know: ${strangers.join(', ')}`);
  for (const [name, member] of Object.entries(members)) {
    const given = value[name];
    const at = `${path}${lowerFirst(name)}`;
    if (given !== undefined && given !== null) read[name] = readValue(member, given, at, complaints);
    else if (member.required) complain(complaints, at, ' null', NOT_NULL);
  }
  return read;
};

const readValue = (shape: Shape, value: unknown, path: string, complaints: Complaints): unknown => {
  if (value === null) {
    complain(complaints, path, ' null', NOT_NULL);
    return undefined;
  }
  switch (shape.kind) {
    case 'text': {
      const text = readText(value);
      complain(complaints, path, quoted(text), lengthWords(characters(text, shape.max), shape.min, shape.max));
      if (shape.pattern?.whole.test(text) === false) complain(complaints, path, quoted(text), patternWords(shape.pattern));
      return text;
    }
    case 'choice': {
      const text = readText(value);
      if (!shape.of.includes(text)) complain(complaints, path, quoted(text), choiceWords(shape.of));
      return text;
    }
    case 'whole': {
      if (typeof value !== 'number') throw misfit(value, 'an Integer');
      const whole = Math.trunc(value);
      complain(complaints, path, quoted(whole), rangeWords(whole, shape.min, shape.max));
      return whole;
    }
    case 'flag':
      if (typeof value !== 'boolean') throw misfit(value, 'a Boolean');
      return value;
    case 'moment':
      if (typeof value !== 'number') throw misfit(value, 'a Timestamp');
      return Math.round(value * 1_000);
    case 'bytes': {
      const read = readBytes(value);
      const shown = shape.secret ? '' : quoted(`java.nio.HeapByteBuffer[pos=0 lim=${read.length} cap=${read.length}]`);
      complain(complaints, path, shown, lengthWords(read.length, shape.min, shape.max));
      return read;
    }
    case 'list':
      return readList(shape, value, path, complaints);
    case 'map':
      return readMap(value, path, complaints);
    case 'structure':
      return readMembers(shape.members, value, `${path}.`, complaints);
  }
};

/**
 * The parameters of a request as the service model understands them: blobs as buffers, moments as epoch milliseconds.
 * @param body what the request's JSON holds
 * @throws KmsRefusal SerializationException for a value of the wrong type; ValidationException that lists every bound that
 * was not kept, and every parameter that the operation does not have
 */
export const readRequest = <Name extends OperationName>(name: Name, body: unknown): Parameters<Name> => {
  const complaints: Complaints = [];
  const read = readMembers(REQUESTS[name], body, '', complaints);
  if (complaints.length > 0) {
    throw validation(`${complaints.length} validation error${complaints.length === 1 ? '' : 's'} detected: ${complaints.join('; ')}`);
  }
  // Every member has been held against the very table that the type is made from.
  return read as Parameters<Name>;
};
