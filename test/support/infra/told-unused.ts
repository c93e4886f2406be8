/** What roles are granted that no story can use, and why. */
export interface ToldUnused {
  readonly roles: RegExp;
  /** As `unusedOf` says it. */
  readonly words: string;
  readonly reason: string;
}

const FUNCTIONS = /^mrk-failover-\w+-eu-central-1$/;
const BY_LAMBDA = 'Lambda does this for the function, with its role; no code of ours asks for it.';

export const TOLD_UNUSED: readonly ToldUnused[] = [
  { roles: /^mrk-failover-trigger-/, words: 'KeepsItsFailures: sqs:SendMessage', reason: BY_LAMBDA },
  { roles: FUNCTIONS, words: 'WritesItsLog: logs:CreateLogStream', reason: BY_LAMBDA },
  { roles: FUNCTIONS, words: 'WritesItsLog: logs:PutLogEvents', reason: BY_LAMBDA },
  { roles: FUNCTIONS, words: 'SendsTraces: xray:PutTraceSegments', reason: BY_LAMBDA },
  { roles: FUNCTIONS, words: 'SendsTraces: xray:PutTelemetryRecords', reason: BY_LAMBDA },
];
