/** How a planned key can end. Only `promoted` and `already-primary` let a run be green. */
export type OutcomeKind = 'promoted' | 'already-primary' | 'unproven' | 'ineligible' | 'blocked' | 'halted' | 'failed';

interface Reason {
  readonly outcome: Exclude<OutcomeKind, 'promoted'>;
  /** What is so, in words for a person. */
  readonly meaning: string;
}

/** The one table of reason codes. Every outcome but `promoted` carries one of them. */
export const REASONS = {
  ALREADY_THERE: { outcome: 'already-primary', meaning: 'the primary was in the target before the run looked' },
  SAFE_ELSEWHERE: { outcome: 'already-primary', meaning: 'the primary is in a third Region that answers, out of the incident’s reach' },

  PROOF_FAILED: {
    outcome: 'unproven',
    meaning: 'the key moved, but what was encrypted before the move does not decrypt the same after it',
  },
  PROOF_REFUSED: { outcome: 'unproven', meaning: 'the key moved, but KMS refused the calls that would prove it (permission or key state)' },
  PROOF_UNANSWERED: { outcome: 'unproven', meaning: 'the key moved, but the target did not answer the calls that would prove it' },
  PROOF_NOT_TRIED: {
    outcome: 'unproven',
    meaning: 'the key moved, and its run ended before it could be proven; the next run of the intent proves it',
  },
  BY_POLICY: { outcome: 'unproven', meaning: 'the key moved; the fleet file switches its proof off' },

  NO_REPLICA: { outcome: 'ineligible', meaning: 'the key has no replica in the target' },
  SOURCE_DISABLED: { outcome: 'ineligible', meaning: 'the primary is disabled; KMS moves enabled keys only' },
  TARGET_DISABLED: { outcome: 'ineligible', meaning: 'the replica in the target is disabled; KMS moves enabled keys only' },
  PENDING_DELETION: { outcome: 'ineligible', meaning: 'the key is pending deletion on one of the two sides' },
  PENDING_IMPORT: { outcome: 'ineligible', meaning: 'key material is missing on one of the two sides' },
  MATERIAL_EXPIRES: {
    outcome: 'ineligible',
    meaning: 'imported key material expires too soon where the key would be; import it again there, with a later date',
  },
  NOT_MULTI_REGION: { outcome: 'ineligible', meaning: 'the key is a single-Region key' },
  NOT_FOUND: { outcome: 'ineligible', meaning: 'no Region that answers knows the key' },
  IN_TWO_FLEETS: { outcome: 'ineligible', meaning: 'more than one fleet selects the key' },
  EXCEPTED: { outcome: 'ineligible', meaning: 'the fleet file lists the key as an exception' },
  ROTATING: { outcome: 'ineligible', meaning: 'an on-demand rotation is under way' },
  DENIED_SOURCE: { outcome: 'ineligible', meaning: 'a policy in the source denies the call' },
  DENIED_TARGET: { outcome: 'ineligible', meaning: 'a policy in the target denies the call' },

  PRIMARY_UNREACHABLE: {
    outcome: 'blocked',
    meaning: 'KMS in the primary’s Region does not answer, and only there can the role be handed on',
  },
  TARGET_UNREACHABLE: { outcome: 'blocked', meaning: 'KMS in the target does not answer, so nothing can be moved there' },
  STILL_UPDATING: { outcome: 'blocked', meaning: 'KMS accepted the change and had not finished it' },
  THROTTLED: { outcome: 'blocked', meaning: 'KMS went on refusing the call for its rate' },
  OUT_OF_TIME: { outcome: 'blocked', meaning: 'the run’s time was over before the key’s turn came' },
  KMS_INTERNAL: { outcome: 'blocked', meaning: 'KMS went on failing inside' },
  OUR_CREDENTIALS: { outcome: 'blocked', meaning: 'our own credentials were refused or had run out; KMS was not asked' },

  STOPPED: { outcome: 'halted', meaning: 'an operator stopped the run before the key moved' },
  CALLED_HOME: {
    outcome: 'halted',
    meaning: 'an alarm that the drill was given, or an incident in its target, called it home before the key moved',
  },
  PREEMPTED: { outcome: 'halted', meaning: 'an operation of a higher class took the fleet over before the key moved' },
  BREAKER_OPEN: { outcome: 'halted', meaning: 'too many proofs failed, and the run stopped itself before the key moved' },
  NOT_RETURNED: { outcome: 'halted', meaning: 'the drill moved the key there, and ended before it brought it back' },
  RUN_ENDED: { outcome: 'halted', meaning: 'the run ended before the key moved' },

  REFUSED_BY_KMS: { outcome: 'failed', meaning: 'KMS refused the call for good; its words are in the evidence' },
  UNREADABLE: { outcome: 'failed', meaning: 'the key was attempted and its state could not be read afterwards' },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

/** The reason codes that go with one kind of outcome. */
export type ReasonOf<K extends OutcomeKind> = { [C in ReasonCode]: (typeof REASONS)[C]['outcome'] extends K ? C : never }[ReasonCode];
