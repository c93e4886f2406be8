import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { DefinitionRefused } from './refused.ts';

/**
 * Reads one object of a definition field by field and, at the end, refuses every field that nobody asked for:
 * an engine that skips what it does not know runs another machine than the one that is deployed.
 */
export class Fields {
  readonly #raw: JsonObject;
  readonly #state: string;
  readonly #prefix: string;
  readonly #read = new Set(['Comment']);

  /**
   * @param state the state's name for messages, empty at the top level
   * @param prefix what stands before the field's name in messages, for example `Retry[0].`
   */
  constructor(raw: unknown, state: string, prefix = '') {
    if (!isJsonObject(raw)) throw new DefinitionRefused(state, prefix === '' ? 'States' : prefix.slice(0, -1), 'expected an object.');
    this.#raw = raw;
    this.#state = state;
    this.#prefix = prefix;
  }

  refuse(field: string, why: string): never {
    throw new DefinitionRefused(this.#state, this.#prefix + field, why);
  }

  /** The raw value, or undefined when the field is missing. */
  optional(field: string): JsonValue | undefined {
    this.#read.add(field);
    return Object.hasOwn(this.#raw, field) ? this.#raw[field] : undefined;
  }

  required(field: string): JsonValue {
    return this.optional(field) ?? this.refuse(field, 'is missing.');
  }

  text(field: string): string {
    const value = this.required(field);
    return typeof value === 'string' && value !== '' ? value : this.refuse(field, `expected text, got ${JSON.stringify(value)}.`);
  }

  optionalText(field: string): string | undefined {
    return this.optional(field) === undefined ? undefined : this.text(field);
  }

  optionalInteger(field: string, min: number, max: number): number | undefined {
    const value = this.optional(field);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.refuse(field, `expected an integer from ${min} to ${max}, got ${JSON.stringify(value)}.`);
  }

  list(field: string): readonly JsonValue[] {
    const value = this.required(field);
    return Array.isArray(value) ? value : this.refuse(field, `expected an array, got ${JSON.stringify(value)}.`);
  }

  optionalList(field: string): readonly JsonValue[] {
    return this.optional(field) === undefined ? [] : this.list(field);
  }

  /** The object in a field, to be read field by field. */
  inner(field: string): Fields {
    return new Fields(this.required(field), this.#state, `${this.#prefix}${field}.`);
  }

  /** One object of the array in a field. */
  item(field: string, index: number, raw: JsonValue): Fields {
    return new Fields(raw, this.#state, `${this.#prefix}${field}[${index}].`);
  }

  /** @throws DefinitionRefused when the object has a field that was not read. */
  finish(): void {
    for (const field of Object.keys(this.#raw)) {
      if (!this.#read.has(field)) this.refuse(field, 'is outside the common core that every engine runs alike.');
    }
  }
}
