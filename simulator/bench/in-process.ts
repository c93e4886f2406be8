import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { HttpResponse } from '@smithy/core/protocols';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { KmsSimulator } from '../kms/kms-simulator.ts';
import { Seeded } from '../random/seeded.ts';
import { warmUpSdk } from '../world/warm-up.ts';

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';
const AT_ONCE = 50;
const ROUNDS = 7;
const TIMEOUT_MS = 10_000;

/** Milliseconds of processor time for one DescribeKey. */
interface InProcessFigures {
  /** Of the SDK alone: over a handler that answers at once, always the same. */
  readonly sdkMs: number;
  /** Of the simulator beside it. */
  readonly simulatorMs: number;
}

const client = (requestHandler: KMSClient['config']['requestHandler']): KMSClient =>
  new KMSClient({
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    signer: { sign: async (request) => request },
    requestHandler,
  });

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The simulator as stories use it: virtual clock, unkind, many calls at once. */
const simulated = () => {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const kms = new KmsSimulator({ clock, random: new Seeded(1), accounts: [ACCOUNT], regions: [REGION] });
  const keyId = kms.seedKey({ account: ACCOUNT, keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT', primary: REGION, replicas: [] });
  return { clock, kms, keyId };
};

/** A handler that gives the same answer every time, at once: what is left is what the SDK itself needs. */
const echoing = ({ statusCode, headers, body }: HttpResponse): KMSClient['config']['requestHandler'] => ({
  metadata: { handlerProtocol: 'echo' },
  handle: async () => ({ response: new HttpResponse({ statusCode, headers, body }) }),
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
  destroy: () => undefined,
});

/** Processor time, since a machine that is busy with something else would be measured otherwise. */
const time = async (calls: number, call: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  const one = async () => {
    for (let nth = 0; nth < calls / AT_ONCE; nth += 1) await call();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / calls;
};

/** Times the two in turns and takes the medians, so that a moment of tidying up does not decide. */
export const measureInProcess = async (calls: number): Promise<InProcessFigures> => {
  await warmUpSdk();
  const { clock, kms, keyId } = simulated();
  const place = { account: ACCOUNT, region: REGION };
  const describe = new DescribeKeyCommand({ KeyId: keyId });
  const request = { operationName: 'DescribeKey', body: JSON.stringify({ KeyId: keyId }) };
  const alone = client(echoing(await clock.run(kms.endpoint(place).send(request, TIMEOUT_MS))));
  const together = client(kms.requestHandler({ ...place, requestTimeoutMs: TIMEOUT_MS }));
  const rounds: Array<{ readonly alone: number; readonly together: number }> = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const aloneMs = await time(calls, () => alone.send(describe));
    const togetherMs = await clock.run(time(calls, () => together.send(describe)));
    // The first round warms up.
    if (round > 0) rounds.push({ alone: aloneMs, together: togetherMs });
  }
  const sdkMs = median(rounds.map((round) => round.alone));
  return { sdkMs, simulatorMs: median(rounds.map((round) => round.together)) - sdkMs };
};
