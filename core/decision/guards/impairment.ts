import type { Circumstances } from '../circumstances.ts';
import { type Guard, type GuardAnswer, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { isAutomatic } from '../start.ts';
import { verdictIn } from '../verdict-in.ts';

const objections = {
  SOURCE_HEALTHY: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'a signal speaks of trouble, and probes find KMS in the source healthy',
    liftedBy: 'probes that find the source degraded or unreachable (the tick looks every minute), or a person who starts the run',
  },
  SOURCE_IMPAIRED: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'a drill would begin in a Region that is in trouble',
    liftedBy: 'probes that find the source healthy, or a failover in place of the drill',
    overridable: true,
  },
  SOURCE_IN_TROUBLE: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'a drill would begin in a Region with an open incident, whatever probes see of it',
    liftedBy: 'the end of that incident, or a person who overrides impairment',
    overridable: true,
  },
  SOURCE_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'nobody can say how KMS in the source is, or before a drill whether it has an open incident',
    liftedBy: 'probes that find the source degraded or unreachable, or a person who approves',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** A signal is somebody's word. Keys move by themselves only when our own probes see the trouble too; a drill, when they see none. */
export const impairment: Guard<keyof typeof objections> = {
  name: 'impairment',
  asks: 'Do our own probes agree that the source is in trouble?',
  because: 'A status page is late, and an alarm may be about something else: moving keys that nothing ails helps nobody.',
  objections,
  judge: (circumstances) => {
    const { operation } = circumstances.request;
    if (operation === 'failover') return ofFailover(circumstances);
    return operation === 'drill' ? ofDrill(circumstances) : pass;
  },
};

const ofFailover = ({ request: { source }, verdicts, start }: Circumstances): GuardAnswer<keyof typeof objections> => {
  const { verdict, why } = verdictIn(verdicts, source);
  switch (verdict) {
    case 'degraded':
      return passBecause(`KMS in ${source} is degraded and still answers, so keys can move while it does: ${why}`);
    case 'unreachable':
      return passBecause(`KMS in ${source} does not answer, so keys will be parked and move when it answers again: ${why}`);
    case 'healthy':
      return isAutomatic(start) ? object('SOURCE_HEALTHY', `KMS in ${source} is healthy: ${why}`) : pass;
    case 'unknown':
      return isAutomatic(start) ? object('SOURCE_UNKNOWN', `how KMS in ${source} is, is not known: ${why}`) : pass;
  }
};

const ofDrill = ({ request: { source }, verdicts, incidents, start }: Circumstances): GuardAnswer<keyof typeof objections> => {
  if (start.by === 'follow-up') return pass;
  const { verdict, why } = verdictIn(verdicts, source);
  if (verdict === 'degraded' || verdict === 'unreachable')
    return object('SOURCE_IMPAIRED', `KMS in ${source} is ${verdict}, and a drill begins in quiet times only: ${why}`);
  const trouble = incidents.kind === 'known' ? incidents.value.find(({ region }) => region === source) : undefined;
  if (trouble !== undefined)
    return object('SOURCE_IN_TROUBLE', `${source} has an open incident (${trouble.incident}), and a drill begins in quiet times only`);
  if (!isAutomatic(start)) return pass;
  if (verdict === 'unknown')
    return object(
      'SOURCE_UNKNOWN',
      `how KMS in ${source} is, is not known: ${why}`,
      'probes that find the source healthy, or a person who starts the drill',
    );
  return incidents.kind === 'known'
    ? pass
    : object(
        'SOURCE_UNKNOWN',
        `whether ${source} has an open incident cannot be read (${incidents.why})`,
        'a coordination table that answers, or a person who starts the drill',
      );
};
