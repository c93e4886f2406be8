import { KMSClient } from '@aws-sdk/client-kms';
import { createKmsClients } from '../../aws/kms/clients.ts';
import { createKms } from '../../aws/kms/kms.ts';
import type { KeyAt } from '../../core/key/key.ts';
import type { Kms } from '../../core/ports/kms.ts';
import { accountId, region } from '../../core/region.ts';
import { VirtualClock } from '../../simulator/clock/virtual-clock.ts';
import type { FaultedCall, Interference, KmsFault } from '../../simulator/faults/kms-fault.ts';
import { Seeded } from '../../simulator/random/seeded.ts';
import { ACCOUNT, KmsWorld, type WorldOptions } from '../simulator/kms/kms-world.ts';
import { answering, clientBasics, type WireAnswer, type WireRequest } from './answering.ts';

const { credentials } = clientBasics;

/** Our KMS port over a simulated KMS, through real SDK clients. */
const kmsOver = (world: KmsWorld): Kms => {
  const clients = createKmsClients({
    clock: world.clock,
    random: new Seeded('jitter'),
    connection: (place, requestTimeoutMs) => ({ requestHandler: world.kms.requestHandler({ ...place, requestTimeoutMs }), credentials }),
  });
  return createKms(clients, world.clock);
};

export const simulated = (options: WorldOptions = {}) => {
  const world = new KmsWorld(options);
  return { world, kms: kmsOver(world) };
};

/** Our KMS port over a service that answers as the test says. */
export const kmsAnswering = (answer: (request: WireRequest) => WireAnswer): Kms => {
  const clock = new VirtualClock(0);
  const connection = () => ({ requestHandler: answering(answer), credentials });
  return createKms(createKmsClients({ clock, random: new Seeded(1), connection }), clock);
};

/** A KMS client over a service that answers as the test says. */
export const clientAnswering = (answer: (request: WireRequest) => WireAnswer): KMSClient =>
  new KMSClient({ ...clientBasics, requestHandler: answering(answer) });

/** The simulated world's key, as our port names it. */
export const keyAt = (keyId: string, code: string): KeyAt => ({ account: accountId(ACCOUNT), keyId, region: region(code) });

/** A fault that does to the n-th call (1, 2, …) of an operation what the test says. */
export const faultOn = (operation: string, interference: (nth: number, call: FaultedCall) => Interference | undefined): KmsFault => {
  let calls = 0;
  return {
    name: `on ${operation}`,
    struck: 0,
    interfere: (call) => {
      if (call.operation !== operation) return undefined;
      calls += 1;
      return interference(calls, call);
    },
  };
};

export const refusal = (name: string, status: 400 | 500 = 400): Interference => ({
  kind: 'refuse',
  name,
  message: `${name} of a test`,
  status,
});
