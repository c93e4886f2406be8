import type { FunctionName } from '../../../core/limits.ts';
import { runtimeFromEnvironment } from '../../../functions/frame/from-environment.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import type { PortCall } from '../../../simulator/world/observed.ts';
import { type IamRequest, iamRequestsOf } from './iam-requests.ts';
import { lambdaEnvironment } from './lambda-environment.ts';
import type { Stage } from './stage.ts';
import { type SentRequest, sentDuring } from './wire.ts';

/** What one call of a port comes to on the wire, and what IAM is asked about it. */
export interface Asked {
  readonly function: FunctionName;
  /** The call in words, for messages. */
  readonly call: string;
  readonly sent: readonly SentRequest[];
  readonly requests: readonly IamRequest[];
}

const KEY_ACCOUNT = '111122223333';

/** Makes each call once more, by the adapters that are deployed, and says what would leave for AWS. */
export const askedBy = async (calls: readonly PortCall[], stage: Stage): Promise<readonly Asked[]> => {
  const runtimes = new Map<FunctionName, Runtime>();
  const asked: Asked[] = [];
  for (const call of calls) {
    const runtime = runtimes.get(call.function) ?? runtimeFromEnvironment(lambdaEnvironment(stage, call.function));
    runtimes.set(call.function, runtime);
    const sent = await sentDuring(() => repeated(runtime, call));
    const place = { ...stage, keyAccount: KEY_ACCOUNT };
    asked.push({
      function: call.function,
      call: `${call.port}.${call.method}(${call.args.map((argument) => JSON.stringify(argument)?.slice(0, 80)).join(', ')})`,
      sent,
      requests: sent.flatMap((request) => iamRequestsOf(request, place)),
    });
  }
  return asked;
};

/** What the service answered does not matter here, so neither does what the adapter makes of it. */
const repeated = async (runtime: Runtime, { port, method, args }: PortCall): Promise<unknown> => {
  const deed = Reflect.get(runtime[port], method) as (...args: readonly unknown[]) => Promise<unknown>;
  return deed(...args).catch(() => undefined);
};
