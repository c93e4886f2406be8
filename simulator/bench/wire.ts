import { Agent, request } from 'node:http';
import { DEFAULT_ACCOUNTS, DEFAULT_REGIONS } from '../wire/settings.ts';
import { percentile } from './percentile.ts';

const CONNECTIONS = 32;
const TICK_MS = 5;

/** What came of a load. */
export interface LoadFigures {
  readonly requests: number;
  readonly perSecond: number;
  /** Answers that were not 200, and calls without an answer. */
  readonly errors: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

interface Target {
  readonly port: number;
  readonly agent: Agent;
  readonly keyId: string;
}

const post = ({ port, agent }: Pick<Target, 'port' | 'agent'>, path: string, headers: Readonly<Record<string, string>>, body: string) =>
  new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, path, method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(body);
  });

/** One key with related keys in every Region, so that no Region's own quota of 2,000 a second is in the way. */
const plantKey = async (port: number, agent: Agent): Promise<string> => {
  const [primary, ...replicas] = DEFAULT_REGIONS;
  const { text } = await post({ port, agent }, '/_simulator/keys', {}, JSON.stringify({ keys: [{ primary, replicas }] }));
  return JSON.parse(text).keyIds[0];
};

/** What an SDK sends, but for the signature, which costs the client more than the server takes for all of it. */
const headersFor = (region: string): Readonly<Record<string, string>> => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'TrentService.DescribeKey',
  authorization: `AWS4-HMAC-SHA256 Credential=${DEFAULT_ACCOUNTS[0]}/20260101/${region}/kms/aws4_request, SignedHeaders=host, Signature=0`,
});

const HEADERS = DEFAULT_REGIONS.map(headersFor);

/** Counts and times calls until it is asked for the figures. */
class Load {
  readonly #target: Target;
  readonly #ms: number[] = [];
  readonly #startedAt = performance.now();
  #errors = 0;
  #sent = 0;

  constructor(target: Target) {
    this.#target = target;
  }

  async call(): Promise<void> {
    const headers = HEADERS[this.#sent++ % HEADERS.length] ?? {};
    const sentAt = performance.now();
    try {
      const { status } = await post(this.#target, '/', headers, JSON.stringify({ KeyId: this.#target.keyId }));
      if (status !== 200) this.#errors += 1;
    } catch {
      this.#errors += 1;
    }
    this.#ms.push(performance.now() - sentAt);
  }

  figures(): LoadFigures {
    const sorted = Float64Array.from(this.#ms).sort();
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    return {
      requests: sorted.length,
      perSecond: sorted.length / seconds,
      errors: this.#errors,
      medianMs: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
    };
  }
}

/** Sends so many a second whether or not the ones before are answered: what waits then waits visibly. */
const steady = async (target: Target, perSecond: number, seconds: number): Promise<LoadFigures> => {
  const load = new Load(target);
  const calls: Promise<void>[] = [];
  const startedAt = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const dueMs = performance.now() - startedAt;
      while (calls.length < (Math.min(dueMs, seconds * 1_000) / 1_000) * perSecond) calls.push(load.call());
      if (dueMs < seconds * 1_000) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  await Promise.all(calls);
  return load.figures();
};

/** Sends as many as are answered. */
const full = async (target: Target, seconds: number): Promise<LoadFigures> => {
  const load = new Load(target);
  const until = performance.now() + seconds * 1_000;
  const one = async () => {
    while (performance.now() < until) await load.call();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return load.figures();
};

interface WireFigures {
  readonly steady: LoadFigures;
  readonly full: LoadFigures;
}

/** Loads a server with DescribeKey over connections that stay open: at a steady rate first, then as fast as it answers. */
export const measureWire = async (port: number, perSecond: number, seconds: number): Promise<WireFigures> => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const target = { port, agent, keyId: await plantKey(port, agent) };
    await full(target, 1);
    return { steady: await steady(target, perSecond, seconds), full: await full(target, seconds) };
  } finally {
    agent.destroy();
  }
};
