import type { Fleet } from '../../core/fleet/schema.ts';
import { healthEvent } from './health-event.ts';

type Event = Readonly<Record<string, unknown>>;

/** A Health event as the story's own, with what is different in its detail. */
export const healthEventWith = (region: string, account: string, at: number, detail: Event, envelope: Event = {}): Event => {
  const event = healthEvent(region, account, at);
  return { ...event, ...envelope, detail: { ...(event.detail as Event), ...detail } };
};

/** What EventBridge delivers when a CloudWatch alarm changes. */
export const alarmEvent = (arn: string, state: string, at: number): Event => {
  const [, , , region = '', account = ''] = arn.split(':');
  const name = arn.split(':alarm:')[1] ?? arn;
  const timestamp = new Date(at).toISOString().replace('Z', '+0000');
  return {
    version: '0',
    id: '6a1d7c1e-0000-4000-8000-000000000002',
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [arn],
    detail: {
      alarmName: name,
      state: { value: state, reason: 'Threshold crossed in the story', timestamp },
      previousState: { value: state === 'OK' ? 'ALARM' : 'OK', timestamp },
    },
  };
};

/** What the function URL hands to `operator` when a person asks for something; a request ID of its own makes it a deed of its own. */
export const operatorEvent = (right: string, body: Event, arn: string, requestId: string): Event => ({
  version: '2.0',
  rawPath: `/${right}`,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  requestContext: {
    requestId,
    http: { method: 'POST', path: `/${right}` },
    authorizer: { iam: { userArn: arn } },
  },
  body: JSON.stringify(body),
  isBase64Encoded: false,
});

/** The story's fleets with one of them changed. */
export const withFleet = (fleets: ReadonlyMap<string, Fleet>, name: string, changes: Partial<Fleet>): ReadonlyMap<string, Fleet> => {
  const fleet = fleets.get(name);
  return fleet === undefined ? fleets : new Map([...fleets, [name, { ...fleet, ...changes }]]);
};
