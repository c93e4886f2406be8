import type { HttpHandler, HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions } from '@smithy/types';
import type { TimerClock } from '../clock/timer-clock.ts';
import type { FaultedCall, KmsFault } from '../faults/kms-fault.ts';
import { FaultPanel } from '../kms/fault-panel.ts';
import type { HandlerOptions, KmsSimulator } from '../kms/kms-simulator.ts';
import { KmsRefusal } from '../kms/refusal.ts';
import { type Unkindness, type UnkindnessName, unkindnessOf } from '../kms/unkindness.ts';
import { ConnectionError } from '../kms/wire/connection-error.ts';
import { failure, success } from '../kms/wire/reply.ts';
import { bodyText } from '../kms/wire/request.ts';
import { timeoutError } from '../kms/wire/timeout-error.ts';
import type { Seeded } from '../random/seeded.ts';
import { getResources } from './get-resources.ts';

/** How far the index may be behind KMS. AWS names no figure; a minute is what KMS's own history of views allows for with room to spare. */
const LAG_MS_MAX = 60_000;

export interface TaggingSimulatorOptions {
  /** Whose keys' tags are indexed. */
  readonly kms: KmsSimulator;
  readonly clock: TimerClock;
  readonly random: Seeded;
  readonly unkindness?: UnkindnessName;
  /** The faults of KMS: a Region that is dark to KMS's clients answers nobody here either. They are told of `GetResources`. */
  readonly faults?: readonly KmsFault[];
}

/** The Resource Groups Tagging API of all Regions of one world, in process, as far as it tells the tags of keys: an index that is a little behind. */
export class TaggingSimulator {
  readonly #kms: KmsSimulator;
  readonly #clock: TimerClock;
  readonly #lag: Seeded;
  readonly #lagMsMax: number;
  readonly #unkindness: Unkindness;
  readonly #faults: FaultPanel;
  #requests = 0;

  constructor({ kms, clock, random, unkindness = 'unkind', faults = [] }: TaggingSimulatorOptions) {
    this.#kms = kms;
    this.#clock = clock;
    this.#lag = random.stream('lag');
    this.#lagMsMax = unkindness === 'unkind' ? LAG_MS_MAX : 0;
    this.#unkindness = unkindnessOf(unkindness, random);
    this.#faults = new FaultPanel(faults);
  }

  /** @returns what a ResourceGroupsTaggingAPIClient of this account and Region takes as `requestHandler` */
  requestHandler({ account, region, requestTimeoutMs }: Omit<HandlerOptions, 'principal'>): HttpHandler {
    const call: FaultedCall = { operation: 'GetResources', account, region, isRead: true };
    return {
      metadata: { handlerProtocol: 'tagging-simulator' },
      handle: async ({ body }: HttpRequest, options?: HttpHandlerOptions) => ({
        response: await this.#answer(call, bodyText(body), options?.requestTimeout ?? requestTimeoutMs),
      }),
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
    };
  }

  async #answer(call: FaultedCall, body: string, timeoutMs: number): Promise<HttpResponse> {
    const { noConnection, silence, refusal, totalMsMin, replyLost, reset } = this.#faults.interfere(call);
    const { beforeMs, afterMs } = this.#unkindness.latency(totalMsMin);
    const host = `tagging.${call.region}.amazonaws.com`;
    if (silence || replyLost || beforeMs + afterMs >= timeoutMs) return this.#noAnswer(timeoutMs, timeoutMs);
    await this.#clock.sleep(beforeMs + afterMs);
    if (noConnection !== undefined) throw new ConnectionError(noConnection, host);
    if (this.#faults.silences(call)) return this.#noAnswer(timeoutMs, timeoutMs - beforeMs - afterMs);
    if (reset) throw new ConnectionError('reset', host);
    this.#requests += 1;
    const requestId = `00000000-0000-4000-9000-${this.#requests.toString(16).padStart(12, '0')}`;
    try {
      if (refusal !== undefined) throw new KmsRefusal(refusal.name, refusal.message, refusal.status);
      const moment = this.#clock.now() - this.#lag.between(0, this.#lagMsMax);
      const answer = getResources(JSON.parse(body), (after) => this.#kms.tagsAt(call.account, call.region, moment, after));
      return success({ ...answer }, requestId);
    } catch (error) {
      if (error instanceof KmsRefusal) return failure(error, requestId);
      throw error;
    }
  }

  async #noAnswer(timeoutMs: number, restMs: number): Promise<never> {
    await this.#clock.sleep(restMs);
    throw timeoutError(timeoutMs);
  }
}
