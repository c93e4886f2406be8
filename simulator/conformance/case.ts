import type { PolicyText } from '../kms/authorization/policy-document.ts';
import type { KeyState } from '../kms/keys/regional-view.ts';
import type { Temperament } from '../kms/temperament.ts';
import type { Topic } from './topics.ts';

/**
 * How sure the expectation is: confirmed by a source (`C`), by its edition of 2023 (`C*`), seen in recorded answers of AWS
 * (`N`), inferred from confirmed facts (`I`), unconfirmed (`U`).
 */
type Mark = 'C' | 'C*' | 'N' | 'I' | 'U';

/** Which of a key's Regions: `third` is one in which it has no related key unless the case makes one. */
export type Place = 'primary' | 'replica' | 'third';

/**
 * The key of a case. `lonely` is a multi-Region key without replicas, `single` a single-Region one, `pending import` and
 * `imported` are symmetric keys of origin EXTERNAL; all others are multi-Region keys with one replica.
 */
export type KeyKind = 'symmetric' | 'hmac' | 'ecc' | 'key agreement' | 'rsa' | 'lonely' | 'single' | 'imported' | 'pending import';

/** What a step expects: the answer's fields (others may be there as well), or the error. */
export type Expectation =
  | { readonly accepted: Readonly<Record<string, unknown>> }
  /** `message` is compared whole, `messageStarts` from its beginning; `status` is the one of HTTP. */
  | { readonly refused: string; readonly message?: string; readonly messageStarts?: string; readonly status?: number };

/** A lawful answer where AWS's documents leave several open, and the world in which the simulator gives it. */
export interface Alternative {
  readonly when: Partial<Temperament>;
  readonly expect: Expectation;
}

/**
 * One call. Texts in requests and expectations may hold `{primary}`, `{replica}`, `{third}` (key ARNs), `{keyId}`,
 * `{primaryRegion}`, `{replicaRegion}`, `{thirdRegion}`, `{account}`, `{alias}`, and `{kept.name}` for what an earlier step kept.
 */
export interface Step {
  readonly at: Place;
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** The call has to be accepted, with any answer, unless told otherwise. */
  readonly expect?: Expectation;
  /** Fields of the answer that later steps need, as name and field. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Sent by another account. */
  readonly asStranger?: true;
  /** Waits until the key's state is Enabled at this place and the one before it, and then sends the call. */
  readonly onceSettled?: true;
}

/** One row of the table: what is asked of KMS in which situation, and what it answers. */
export interface Case {
  readonly title: string;
  readonly topic: Topic;
  readonly mark: Mark;
  readonly key: KeyKind;
  /** The states of the related keys when the step comes; Enabled unless given. */
  readonly states?: Partial<Record<Place, KeyState>>;
  /** Calls that come before the states are brought about. */
  readonly before?: readonly Step[];
  readonly step: Step;
  /** In place of the step's expectation where AWS's documents leave the answer open. */
  readonly alternatives?: readonly Alternative[];
  readonly after?: readonly Step[];
  /** Policies that are in force; without any, everybody in the account may do everything. */
  readonly policies?: {
    readonly identity: readonly PolicyText[];
    readonly keys?: Partial<Record<Place, PolicyText>>;
  };
  /** How often the step is sent at once; the expectation is that of the last. */
  readonly times?: number;
  /** The CloudTrail records that the calls leave, oldest first; only the given fields are compared. */
  readonly trail?: readonly Readonly<Record<string, unknown>>[];
  /** Why it cannot be run against a real account with the keys of the run. */
  readonly notOnAws?: string;
}
