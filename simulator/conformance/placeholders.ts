/** What the placeholders of a case stand for; names without braces. */
export type Values = Readonly<Record<string, unknown>>;

const WHOLE = /^\{([\w. ]+)\}$/;
const WITHIN = /\{([\w. ]+)\}/g;

const standsFor = (name: string, values: Values): unknown => {
  const value = values[name];
  if (value === undefined) throw new RangeError(`Expected a value for {${name}}, but only ${Object.keys(values).join(', ')} are known.`);
  return value;
};

const fillText = (text: string, values: Values): unknown => {
  const [, whole] = WHOLE.exec(text) ?? [];
  if (whole !== undefined) return standsFor(whole, values);
  return text.replace(WITHIN, (_, name: string) => String(standsFor(name, values)));
};

/**
 * Puts values in place of `{name}` in all texts of a request or an expectation. A text that is nothing but a placeholder
 * becomes the value itself, bytes included.
 * @throws RangeError for a name without a value
 */
export const fill = (template: unknown, values: Values): unknown => {
  if (typeof template === 'string') return fillText(template, values);
  if (Array.isArray(template)) return template.map((item) => fill(item, values));
  if (typeof template !== 'object' || template === null || template instanceof Uint8Array) return template;
  return Object.fromEntries(Object.entries(template).map(([name, item]) => [name, fill(item, values)]));
};
