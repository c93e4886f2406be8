/**
 * Who wants a run. A `signal` (Health event, alarm) and a `schedule` act with no person in between; a `person` asks from the console
 * or the command line; an `approval` is a signal's proposal that a person agreed to; a `follow-up` is a further run of an intent
 * that had one with a plan: it was decided on already.
 */
export type Start =
  | { readonly by: 'signal' | 'schedule' | 'follow-up' }
  | { readonly by: 'person' }
  | { readonly by: 'approval'; readonly approvedBy: string | undefined };

/** Nobody has agreed to this run yet: what binds automatic starts binds it. */
export const isAutomatic = ({ by }: Start): boolean => by === 'signal' || by === 'schedule';
/** Somebody takes upon them what cannot be known. */
export const isPersonal = ({ by }: Start): boolean => by === 'person' || by === 'approval';
