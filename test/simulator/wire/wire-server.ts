import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before } from 'node:test';
import { KMS } from '@aws-sdk/client-kms';
import type { FaultedCall } from '../../../simulator/faults/kms-fault.ts';
import { startServer, type WireServer } from '../../../simulator/wire/server.ts';
import type { WireSettings } from '../../../simulator/wire/settings.ts';
import { createWireWorld, type WireWorld } from '../../../simulator/wire/wire-world.ts';
import { LookedAtClock } from './looked-at-clock.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const HOME = 'us-east-1';
export const AWAY = 'us-west-2';
export const THIRD = 'eu-west-1';

export const SETTINGS: WireSettings = {
  port: 0,
  seed: '1',
  accounts: [ACCOUNT, OTHER_ACCOUNT],
  regions: [HOME, AWAY, THIRD],
  unkindness: 'kind',
};

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The header of a request that an account signed for a Region. */
export const signed = (region = HOME, accessKeyId = ACCOUNT, service = 'kms'): Readonly<Record<string, string>> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** A simulator on a port of its own, for the tests of one file. */
class WireFixture {
  readonly bugs: unknown[] = [];
  readonly clock = new LookedAtClock();
  readonly world: WireWorld;
  readonly #clients = new Map<string, KMS>();
  #server: WireServer | undefined;

  constructor(settings: WireSettings) {
    this.world = createWireWorld(settings, this.clock);
    this.watch();
  }

  async open(): Promise<void> {
    const { world, clock } = this;
    this.#server = await startServer({ world, clock, port: 0, onBug: (error) => this.bugs.push(error) });
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) client.destroy();
    await this.#server?.close();
    assert.deepEqual(this.bugs, []);
  }

  get port(): number {
    return this.#server?.port ?? assert.fail('The server does not listen yet.');
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Lets the clock see every call; for tests that have changed the faults. */
  watch(): void {
    const tell = ({ operation }: FaultedCall): undefined => {
      this.clock.called(operation);
    };
    this.world.kms.replaceFaults([{ name: 'watching', struck: 0, interfere: tell }]);
  }

  /** An ordinary client of a Region; always the same one. */
  at(region: string, accessKeyId = ACCOUNT): KMS {
    const id = `${region}/${accessKeyId}`;
    const credentials = { accessKeyId, secretAccessKey: 'anything' };
    const client = this.#clients.get(id) ?? new KMS({ region, endpoint: this.endpoint, credentials, maxAttempts: 1 });
    this.#clients.set(id, client);
    return client;
  }

  /** A request as it is written here, over a connection of its own. @throws Node's error when the connection fails */
  send({ method = 'POST', path = '/', headers = {}, body = '' }: RawRequest): Promise<WireReply> {
    return new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: this.port,
        method,
        path,
        agent: false,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      };
      const call = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  /** A call of KMS, as it is written here. */
  call(operation: string, parameters: unknown, headers: Readonly<Record<string, string>> = signed()): Promise<WireReply> {
    return this.send({ headers: { ...headers, 'x-amz-target': `TrentService.${operation}` }, body: JSON.stringify(parameters) });
  }

  /** A request of the control path with a JSON body, and its JSON answer. */
  async control(method: string, path: string, body?: unknown) {
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = await this.send({ method, path: `/_simulator${path}`, body: text });
    return { status: reply.status, body: JSON.parse(reply.text) };
  }
}

/** Opens a fixture before the tests of the file and closes it after them. */
export const wireFixture = (settings: Partial<WireSettings> = {}): WireFixture => {
  const fixture = new WireFixture({ ...SETTINGS, ...settings });
  before(() => fixture.open());
  after(() => fixture.close());
  return fixture;
};
