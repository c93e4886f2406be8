/** What a text must match as a whole: as the service model writes it, and as it is tested. */
export interface Pattern {
  readonly source: string;
  readonly whole: RegExp;
}

/** What the service model says of one value. A member that must be given carries `required` beside its shape. */
export type Shape =
  | { readonly kind: 'text'; readonly min: number; readonly max: number; readonly pattern?: Pattern }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  /** Seconds since 1970 on the wire, epoch milliseconds once read. */
  | { readonly kind: 'moment' }
  /** Base64 on the wire. What is `secret` is never repeated in an error. */
  | { readonly kind: 'bytes'; readonly min: number; readonly max: number; readonly secret?: true }
  | { readonly kind: 'list'; readonly of: Shape; readonly max: number }
  /** Texts by text, such as an encryption context. */
  | { readonly kind: 'map' }
  | { readonly kind: 'structure'; readonly members: Members };

export type Member = Shape & { readonly required?: true };

export type Members = Readonly<Record<string, Member>>;

/** What a value of the shape is once it is read. */
type ValueOf<S> = S extends { readonly kind: 'choice'; readonly of: ReadonlyArray<infer Choice> }
  ? Choice
  : S extends { readonly kind: 'text' }
    ? string
    : S extends { readonly kind: 'whole' | 'moment' }
      ? number
      : S extends { readonly kind: 'flag' }
        ? boolean
        : S extends { readonly kind: 'bytes' }
          ? Buffer
          : S extends { readonly kind: 'map' }
            ? Readonly<Record<string, string>>
            : S extends { readonly kind: 'list'; readonly of: infer Item }
              ? ReadonlyArray<ValueOf<Item>>
              : S extends { readonly kind: 'structure'; readonly members: infer M }
                ? ValuesOf<M>
                : never;

type RequiredNames<M> = { [Name in keyof M]: M[Name] extends { readonly required: true } ? Name : never }[keyof M];

export type ValuesOf<M> = { readonly [Name in RequiredNames<M>]: ValueOf<M[Name]> } & {
  readonly [Name in Exclude<keyof M, RequiredNames<M>>]?: ValueOf<M[Name]> | undefined;
};

/** @param source the pattern in the words of the service model */
export const text = (min: number, max: number, source?: string) =>
  source === undefined
    ? ({ kind: 'text', min, max } as const)
    : ({ kind: 'text', min, max, pattern: { source, whole: new RegExp(`^(?:${source})$`) } } as const);
export const choice = <const Choices extends readonly string[]>(...of: Choices) => ({ kind: 'choice', of }) as const;
export const whole = (min: number, max: number) => ({ kind: 'whole', min, max }) as const;
export const flag = { kind: 'flag' } as const;
export const moment = { kind: 'moment' } as const;
export const bytes = (min: number, max: number) => ({ kind: 'bytes', min, max }) as const;
export const secretBytes = (min: number, max: number) => ({ kind: 'bytes', min, max, secret: true }) as const;
export const list = <const Item extends Shape>(of: Item, max: number) => ({ kind: 'list', of, max }) as const;
export const map = { kind: 'map' } as const;
export const structure = <const M extends Members>(members: M) => ({ kind: 'structure', members }) as const;
export const required = <const S extends Shape>(shape: S) => ({ ...shape, required: true }) as const;
