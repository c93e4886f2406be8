import type { HttpResponse } from '@smithy/core/protocols';
import type { FaultedCall } from '../faults/kms-fault.ts';
import type { Counters } from './counters.ts';
import type { CombinedInterference } from './fault-panel.ts';
import type { QuotaGate } from './limits/quota-gate.ts';
import { STALE_READS } from './operation-name.ts';
import { OPERATIONS } from './operations/table.ts';
import { KmsRefusal, NoAnswer, throttled } from './refusal.ts';
import { failure, success } from './wire/reply.ts';
import { parseBody, type WireRequest } from './wire/request.ts';
import { timeoutError } from './wire/timeout-error.ts';
import type { World } from './world.ts';

/** What all endpoints of one simulated KMS share. */
export interface Backstage {
  readonly world: World;
  readonly counters: Counters;
  readonly quotas: QuotaGate;
  nextRequestId(): string;
}

/** The KMS endpoint of one Region, as one account uses it: takes each call from the client to its effect and back. */
export class Endpoint {
  readonly #backstage: Backstage;
  readonly #account: string;
  readonly #region: string;

  constructor(backstage: Backstage, account: string, region: string) {
    this.#backstage = backstage;
    this.#account = account;
    this.#region = region;
  }

  /**
   * Resolves with the answer, or rejects with a `TimeoutError` when none comes within `timeoutMs` of virtual time; the call
   * may be carried out all the same. When a call will time out is known beforehand, so that timers are set for lost answers only.
   */
  send(request: WireRequest, timeoutMs: number): Promise<HttpResponse> {
    const { world, counters } = this.#backstage;
    const { clock, faults, unkindness } = world;
    const { operationName: operation } = request;
    const call: FaultedCall = { operation, account: this.#account, region: this.#region, isRead: STALE_READS.has(operation) };
    counters.began(operation, call.region);
    const interference = faults.interfere(call);
    const { beforeMs, afterMs } = unkindness.latency(interference.totalMsMin);

    return new Promise((resolve, reject) => {
      const giveUpAfter = (ms: number) =>
        clock.after(ms, () => {
          counters.ended();
          reject(timeoutError(timeoutMs));
        });
      const { silence, replyLost, effectAfterGivingUpMs } = interference;
      const answersInTime = !silence && !replyLost && beforeMs + afterMs < timeoutMs;
      if (!answersInTime) giveUpAfter(timeoutMs);
      if (silence) return;
      clock.after(effectAfterGivingUpMs === undefined ? beforeMs : timeoutMs + effectAfterGivingUpMs, () => {
        const reply = this.#arrive(call, request, interference);
        if (!answersInTime) return;
        if (reply === undefined) giveUpAfter(timeoutMs - beforeMs);
        else clock.after(afterMs, () => this.#leave(call, reply, resolve, () => giveUpAfter(timeoutMs - beforeMs - afterMs)));
      });
    });
  }

  /** The answer of a call sets out, unless its Region has gone dark meanwhile. */
  #leave(call: FaultedCall, reply: HttpResponse, answer: (reply: HttpResponse) => void, stayAway: () => void): void {
    const { world, counters } = this.#backstage;
    if (world.faults.silences(call)) {
      stayAway();
      return;
    }
    counters.ended();
    answer(reply);
  }

  /** The effect of a call that has arrived. @returns undefined when there is to be no answer */
  #arrive(call: FaultedCall, request: WireRequest, { refusal }: CombinedInterference): HttpResponse | undefined {
    const { world, counters, nextRequestId } = this.#backstage;
    if (world.faults.silences(call)) return undefined;
    const requestId = nextRequestId();
    try {
      if (refusal !== undefined) throw new KmsRefusal(refusal.name, refusal.message, refusal.status);
      return success(this.#perform(call, request, requestId), requestId);
    } catch (error) {
      if (error instanceof NoAnswer) return undefined;
      if (!(error instanceof KmsRefusal)) throw error;
      if (error.name === 'ThrottlingException') counters.throttled(call.operation);
      return failure(error, requestId);
    }
  }

  #perform({ account, region, isRead }: FaultedCall, { operationName, body }: WireRequest, requestId: string) {
    const { world, quotas } = this.#backstage;
    const operation = OPERATIONS.get(operationName);
    if (operation === undefined) throw new KmsRefusal('UnknownOperationException', `This KMS has no operation '${operationName}'.`);
    const ready = operation.read(parseBody(body));
    const call = { operation: operation.name, account, region, isRead, requestId, shelf: world.ring.shelf(account, region), world };
    if (!quotas.admit(account, ready.spends(call), world.clock.now())) throw throttled();
    return ready.run(call);
  }
}
