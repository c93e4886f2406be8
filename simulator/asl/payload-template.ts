import { type Expression, evaluate } from './expression.ts';
import type { JsonValue } from './json.ts';
import type { Sources } from './path.ts';

/** A compiled payload template (`Parameters`, `ItemSelector`, `ResultSelector`): JSON whose fields named `x.$` are computed. */
export type Template =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly fields: ReadonlyArray<readonly [name: string, value: Template]> };

/** @throws StateFailure as `evaluate` does. */
export const render = (template: Template, sources: Sources): JsonValue => {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return evaluate(template.expression, sources);
    case 'array':
      return template.items.map((item) => render(item, sources));
    case 'object':
      return Object.fromEntries(template.fields.map(([name, value]) => [name, render(value, sources)]));
  }
};
