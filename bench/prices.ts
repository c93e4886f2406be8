/**
 * What AWS asks in us-west-2, in US dollars, before any free tier, as published in November 2026. Each with its page.
 */
export const PRICES = {
  /** https://aws.amazon.com/kms/pricing/ : any request on a symmetric or HMAC key, and on RSA_2048; DescribeKey and UpdatePrimaryRegion too. */
  kmsRequest: 0.03 / 10_000,
  /** The same page: cryptography and GetPublicKey with any other asymmetric key. */
  kmsOtherAsymmetricRequest: 0.15 / 10_000,
  /** https://aws.amazon.com/step-functions/pricing/ : Standard workflows. */
  stateTransition: 0.025 / 1_000,
  /** https://aws.amazon.com/lambda/pricing/ : arm64, first tier. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1_000_000,
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ : items of at most 1 KB written and 4 KB read consistently. */
  tableWrite: 0.625 / 1_000_000,
  tableRead: 0.125 / 1_000_000,
  /** https://aws.amazon.com/s3/pricing/ : Standard; PUT and LIST, then GET. */
  storePut: 0.005 / 1_000,
  storeGet: 0.0004 / 1_000,
  /** https://aws.amazon.com/cloudtrail/pricing/ : management events of a second copy of a trail; the first is free. */
  secondTrailEvent: 2 / 100_000,
  /** https://aws.amazon.com/kms/pricing/ : a customer managed key, before it was first rotated. */
  keyMonth: 1,
  /** https://aws.amazon.com/cloudwatch/pricing/ : each series of a standard-resolution alarm a month; a dashboard; a custom metric; logs taken in. */
  alarmMonth: 0.1,
  dashboardMonth: 3,
  metricMonth: 0.3,
  logGb: 0.5,
  /** https://aws.amazon.com/xray/pricing/ : a trace recorded. */
  trace: 5 / 1_000_000,
  /** https://aws.amazon.com/eventbridge/pricing/ : a scheduled invocation. */
  scheduledInvocation: 1 / 1_000_000,
} as const;

/**
 * A write to a global table is billed once in each replica: two, here. A multi-Region strongly consistent table has a witness
 * besides, for which no write is charged.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html
 */
export const TABLE_REPLICAS = 2;
