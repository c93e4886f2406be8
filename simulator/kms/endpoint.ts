import type { HttpResponse } from '@smithy/core/protocols';
import type { FaultedCall } from '../faults/kms-fault.ts';
import { requireAccountAccess } from './authorization/access.ts';
import type { Caller } from './authorization/caller.ts';
import type { Counters } from './counters.ts';
import type { CombinedInterference } from './fault-panel.ts';
import type { QuotaGate } from './limits/quota-gate.ts';
import { STALE_READS } from './operation-name.ts';
import { noSuchOperation } from './operations/refused-operations.ts';
import { OPERATIONS } from './operations/table.ts';
import { KmsRefusal, NoAnswer, throttled } from './refusal.ts';
import { ConnectionError, type ConnectionTrouble } from './wire/connection-error.ts';
import { type Patience, patienceOf } from './wire/patience.ts';
import { failure, success } from './wire/reply.ts';
import { parseBody, type WireRequest } from './wire/request.ts';
import type { World } from './world.ts';

/** What all endpoints of one simulated KMS share. */
export interface Backstage {
  readonly world: World;
  readonly counters: Counters;
  readonly quotas: QuotaGate;
  nextRequestId(): string;
}

/** What a call is counted as whose operation does not exist, whatever it said. */
const NO_OPERATION = 'unknown';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The KMS endpoint of one Region, as one caller uses it: takes each call from the client to its effect and back. */
export class Endpoint {
  readonly #backstage: Backstage;
  readonly #caller: Caller;
  readonly #region: string;

  constructor(backstage: Backstage, caller: Caller, region: string) {
    this.#backstage = backstage;
    this.#caller = caller;
    this.#region = region;
  }

  /** What a client with this `requestTimeout` gets: the answer, or the error of the SDK's own Node handler when none comes in time. */
  send(request: WireRequest, timeoutMs: number): Promise<HttpResponse> {
    return this.answer(request, patienceOf(this.#backstage.world.clock, timeoutMs));
  }

  /**
   * Resolves with the answer, or rejects with the client's own error when its patience is over or its connection fails; the
   * call may be carried out all the same. When a call will time out is known beforehand, so that timers are set for lost answers only.
   */
  answer(request: WireRequest, patience: Patience): Promise<HttpResponse> {
    const { world, counters } = this.#backstage;
    const { clock, faults, unkindness } = world;
    const { operationName } = request;
    const operation = OPERATIONS.has(operationName) ? operationName : NO_OPERATION;
    const call: FaultedCall = { operation, account: this.#caller.account, region: this.#region, isRead: STALE_READS.has(operation) };
    counters.began(operation, call.region);
    const interference = faults.interfere(call);
    const { beforeMs, afterMs } = unkindness.latency(interference.totalMsMin);

    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        counters.ended();
        reject(error);
      };
      const succeed = (reply: HttpResponse) => {
        counters.ended();
        resolve(reply);
      };
      const giveUp = (waitedMs: number) => patience.whenOver(waitedMs, fail);
      const breakOff = (trouble: ConnectionTrouble) => fail(new ConnectionError(trouble, `kms.${call.region}.amazonaws.com`));
      const { noConnection, silence, replyLost, effectAfterGivingUpMs, reset } = interference;
      if (noConnection !== undefined) {
        clock.after(beforeMs, () => breakOff(noConnection));
        return;
      }
      if (silence) {
        giveUp(0);
        return;
      }
      if (effectAfterGivingUpMs !== undefined) {
        patience.whenOver(0, (error) => {
          fail(error);
          clock.after(effectAfterGivingUpMs, () => this.#arrive(call, request, interference, fail));
        });
        return;
      }
      const answersInTime = !replyLost && beforeMs + afterMs < patience.ms;
      if (!answersInTime) giveUp(0);
      clock.after(beforeMs, () => {
        const reply = this.#arrive(call, request, interference, fail);
        if (!answersInTime) return;
        if (reply === undefined) {
          giveUp(beforeMs);
          return;
        }
        const setOut = () => (reset ? breakOff('reset') : succeed(reply));
        clock.after(afterMs, () => this.#leave(call, setOut, () => giveUp(beforeMs + afterMs)));
      });
    });
  }

  /** An answer, or what comes in its place, sets out, unless its Region has gone dark meanwhile. */
  #leave(call: FaultedCall, setOut: () => void, stayAway: () => void): void {
    if (this.#backstage.world.faults.silences(call)) stayAway();
    else setOut();
  }

  /**
   * The effect of a call that has arrived. A bug of ours goes to whoever runs the clock, and ends the call as well.
   * @returns undefined when there is to be no answer
   */
  #arrive(
    call: FaultedCall,
    request: WireRequest,
    { refusal }: CombinedInterference,
    fail: (error: Error) => void,
  ): HttpResponse | undefined {
    const { world, counters, nextRequestId } = this.#backstage;
    if (world.faults.silences(call)) return undefined;
    const requestId = nextRequestId();
    try {
      if (refusal !== undefined) throw new KmsRefusal(refusal.name, refusal.message, refusal.status);
      return success(this.#perform(call, request, requestId), requestId);
    } catch (error) {
      if (error instanceof NoAnswer) return undefined;
      if (!(error instanceof KmsRefusal)) {
        fail(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
      if (error.name === 'ThrottlingException') counters.throttled(call.operation);
      return failure(error, requestId);
    }
  }

  #perform({ account, region, isRead }: FaultedCall, { operationName, body }: WireRequest, requestId: string) {
    const { world, quotas } = this.#backstage;
    const operation = OPERATIONS.get(operationName);
    if (operation === undefined) throw noSuchOperation(operationName);
    const parsed = parseBody(body);
    const ready = operation.read(parsed);
    const parameters = isRecord(parsed) ? parsed : {};
    const shelf = world.ring.shelf(account, region);
    const call = { operation: operation.name, account, region, isRead, requestId, caller: this.#caller, parameters, shelf, world };
    if (!quotas.admit(account, ready.spends(call), world.clock.now())) throw throttled();
    requireAccountAccess(call);
    return ready.run(call);
  }
}
