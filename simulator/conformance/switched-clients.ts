import { KMS } from '@aws-sdk/client-kms';
import type { KmsSimulator } from '../kms/kms-simulator.ts';
import type { KmsRequestHandler } from '../kms/request-handler.ts';

const REQUEST_TIMEOUT_MS = 10_000;

const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };

/** Clients that outlive the simulated KMS they talk to: to make one takes longer than most cases. */
export class SwitchedClients {
  readonly #clients = new Map<string, KMS>();
  readonly #handlers = new Map<string, KmsRequestHandler>();
  #kms: KmsSimulator | undefined;

  /** From now on all clients talk to this one. */
  switchTo(kms: KmsSimulator): void {
    this.#kms = kms;
    this.#handlers.clear();
  }

  /** A client of the principal in a Region; always the same one. */
  as(principal: string, region: string): KMS {
    const id = `${principal} ${region}`;
    const client = this.#clients.get(id) ?? this.#make(id, principal, region);
    this.#clients.set(id, client);
    return client;
  }

  #make(id: string, principal: string, region: string): KMS {
    const requestHandler: KmsRequestHandler = {
      metadata: { handlerProtocol: 'kms-simulator' },
      handle: (request, options) => this.#handler(id, principal, region).handle(request, options),
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
    };
    return new KMS({ region, credentials, maxAttempts: 1, requestHandler });
  }

  #handler(id: string, principal: string, region: string): KmsRequestHandler {
    if (this.#kms === undefined) throw new Error('Expected to be switched to a simulated KMS before the first call.');
    const account = principal.split(':')[4] ?? '';
    const handler =
      this.#handlers.get(id) ?? this.#kms.requestHandler({ account, region, principal, requestTimeoutMs: REQUEST_TIMEOUT_MS });
    this.#handlers.set(id, handler);
    return handler;
  }
}
