import { UpdatePrimaryRegionCommand } from '@aws-sdk/client-kms';
import { keyName } from '../../core/key/key.ts';
import { StepFunctions } from '../../simulator/asl/step-functions.ts';
import type { LambdaInstance } from '../../simulator/lambda/instance.ts';
import { type BenchWorld, SOURCE, TARGET } from '../world.ts';
import type { Contender, Report } from './contender.ts';
import { lookAt } from './look.ts';
import { type RetryMode, sdkClients } from './sdk-clients.ts';

const FUNCTION_NAME = 'move-one-key';
const TIMEOUT_SECONDS = 300;
const MEMORY_MB = 256;
/** The function looks so often whether its key has settled. */
const LOOK_EVERY_MS = 3_000;
const LOOKS_MAX = 60;

/** Several hundred keys an execution: the list of all would not fit in 256 KiB. */
const KEYS_PER_EXECUTION = 1_000;

const definition = (maxConcurrency: number) => ({
  StartAt: 'Keys',
  TimeoutSeconds: 86_400,
  States: {
    Keys: {
      Type: 'Map',
      ItemsPath: '$.keys',
      MaxConcurrency: maxConcurrency,
      ToleratedFailureCount: 1_000_000,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'MoveOneKey',
        States: {
          MoveOneKey: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: FUNCTION_NAME, 'Payload.$': '$' },
            ResultSelector: { 'moved.$': '$.Payload.moved' },
            TimeoutSeconds: TIMEOUT_SECONDS + 10,
            Retry: [
              {
                ErrorEquals: ['States.ALL'],
                IntervalSeconds: 2,
                MaxAttempts: 8,
                BackoffRate: 2,
                MaxDelaySeconds: 60,
                JitterStrategy: 'FULL',
              },
            ],
            End: true,
          },
        },
      },
      ResultPath: null,
      End: true,
    },
  },
});

/** A Distributed Map over the keys: each iteration is a function that promotes one key and waits until it has settled. */
export const unpacedMap = (maxConcurrency: number, retryMode: RetryMode): Contender => ({
  name: `map-${maxConcurrency}-${retryMode}`,
  sentence: `a Map of one key an iteration, ${maxConcurrency} at once, SDK retries ${retryMode}`,
  ratePerSecond: undefined,
  move: async (bench) => {
    const { world, keys } = bench;
    const reports = new Map<string, Report>();
    world.lambda.register(FUNCTION_NAME, {
      createInstance: (instance) => moveOneKey(bench, instance, retryMode, reports),
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMb: MEMORY_MB,
    });
    const machine = new StepFunctions({
      definition: definition(maxConcurrency),
      clock: world.clock,
      random: world.random.stream('bench machine'),
      invoke: (name, payload) => world.lambda.invoke(name, payload),
    });
    let stateTransitions = 0;
    for (let from = 0; from < keys.length; from += KEYS_PER_EXECUTION) {
      const name = `keys-${from}`;
      await machine.start(name, { keys: keys.slice(from, from + KEYS_PER_EXECUTION) });
      await machine.execution(name)?.done;
      stateTransitions += machine.execution(name)?.stateTransitions ?? 0;
    }
    return { reports, stateTransitions, laneIdleMs: null };
  },
});

const moveOneKey = (bench: BenchWorld, instance: LambdaInstance, retryMode: RetryMode, reports: Map<string, Report>) => {
  const clients = sdkClients(bench.world, retryMode);
  return async (event: unknown): Promise<{ readonly moved: true }> => {
    const key = event as BenchWorld['keys'][number];
    const told = (moved: boolean) => reports.set(keyName(key), { moved, at: bench.world.clock.now() });
    told(false);
    const target = clients(key.account, TARGET);
    // A retry may find that the try before it was carried out.
    const before = await lookAt(target, key.keyId);
    if (before === 'elsewhere' || before === 'unknown')
      await clients(key.account, SOURCE).send(new UpdatePrimaryRegionCommand({ KeyId: key.keyId, PrimaryRegion: TARGET }));
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      if ((await lookAt(target, key.keyId)) === 'moved') {
        told(true);
        return { moved: true };
      }
      await instance.clock.sleep(LOOK_EVERY_MS);
    }
    throw new Error(`${key.keyId} did not settle.`);
  };
};
