import type { Scene } from './scene.ts';
import type { Teller } from './teller.ts';

/** What a story is to be about. */
export interface Story extends Scene {
  /** A story that was written beforehand: what happens in it. */
  readonly script?: Script;
}

/** What happens in a story that has a name. */
export interface Script {
  readonly name: string;
  readonly tell: (teller: Teller) => Promise<void>;
}

/** Why a story did not begin: the input makes no sense, or a guard (or the event itself) gave no reason to start. */
export interface Refusal {
  readonly kind: 'refused';
  readonly by: 'input' | 'guard';
  readonly sentences: readonly string[];
}
