import type { Rule } from './rules.ts';

/** What the tick decides about intents, runs and records that are there already; no signal is judged by these. */
export const AFTERCARE_RULES = {
  INTENT_GOES_ON: { decision: 'start', means: 'the intent of an incident lacked a run, and its next one was started' },
  INTENT_IN_PLACE: {
    decision: 'ignore',
    means: 'every key of an open intent is where it shall be, also by runs of others, so the intent is closed',
  },
  INTENT_EXPIRED: {
    decision: 'observe',
    means: 'an intent was open for 24 hours without its keys being through, and is given up',
    liftedBy: 'a person who starts the run anew',
  },
  RECOVERED_ASK: {
    decision: 'approve',
    means: 'the incident is over before every key of the fleet has moved, and a person says whether the others follow',
    liftedBy: 'a person who approves',
  },
  RECOVERED_LEAVE: {
    decision: 'observe',
    means: 'the incident is over before every key of the fleet has moved, and its file says that the others stay where they are',
    liftedBy: 'a person who starts the run anew, or onRecovery: complete in the fleet file',
  },
  RUN_CLOSED_OUT: { decision: 'observe', means: 'a run ended before its report, which was written from what the keys’ Regions say' },
  UNORDERED_PROMOTION: {
    decision: 'observe',
    means: 'CloudTrail shows a promotion that no run of ours sent',
    liftedBy: 'finding out who sent it, and stopping them or telling them of this tool',
  },
} as const satisfies Readonly<Record<string, Rule>>;
export type AftercareRule = keyof typeof AFTERCARE_RULES;
