import { createKmsClients } from '../../aws/kms/clients.ts';
import { createKms } from '../../aws/kms/kms.ts';
import { createTagging } from '../../aws/tagging/tagging.ts';
import type { Bus } from '../../core/ports/bus.ts';
import type { Executions } from '../../core/ports/executions.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Table } from '../../core/ports/table.ts';
import { type Region, region } from '../../core/region.ts';
import type { Runtime } from '../../functions/frame/runtime.ts';
import type { KmsSimulator } from '../kms/kms-simulator.ts';
import { ratePerSecond } from '../kms/limits/quotas.ts';
import type { LambdaInstance } from '../lambda/instance.ts';
import type { TaggingSimulator } from '../tagging/tagging-simulator.ts';

/** What the world has to offer to a function's instance. */
export interface Surroundings {
  readonly kms: KmsSimulator;
  readonly tagging: TaggingSimulator;
  readonly table: Table;
  readonly store: Store;
  readonly bus: Bus;
  readonly executions: Executions;
  readonly random: Random;
  readonly keyAttempted: () => void;
  readonly log: Runtime['log'];
  readonly measure: Runtime['measure'];
  /** Where the functions run; by default a Region that no example fleet uses. */
  readonly controlRegion?: Region;
}

/** The SDK signs every request; nobody checks it here, and it costs a third of a call. */
const unsigned = { sign: async <T>(request: T): Promise<T> => request };
const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };

/**
 * The runtime of one simulated function instance: the ordinary SDK clients over the simulated KMS, the world's stores, and the
 * instance's own clock. Everything with an effect tells the instance, so that it can die of it.
 */
export const instanceRuntime = (world: Surroundings, instance: LambdaInstance): Runtime => {
  const calm = <T>(work: Promise<T>): Promise<T> => instance.guard(work);
  const effective = async <T>(work: Promise<T>): Promise<T> => {
    const result = await instance.guard(work);
    await instance.effect();
    return result;
  };
  const clients = createKmsClients({
    clock: instance.clock,
    random: world.random,
    connection: (place, requestTimeoutMs) => ({
      requestHandler: world.kms.requestHandler({ ...place, requestTimeoutMs }),
      credentials,
      signer: unsigned,
    }),
  });
  const kms = createKms(clients, instance.clock);
  const tagging = createTagging({
    clock: instance.clock,
    random: world.random,
    connection: (place, requestTimeoutMs) => ({
      requestHandler: world.tagging.requestHandler({ ...place, requestTimeoutMs }),
      credentials,
      signer: unsigned,
    }),
  });
  return {
    clock: instance.clock,
    random: world.random,
    log: world.log,
    measure: world.measure,
    controlRegion: world.controlRegion ?? region('us-east-2'),
    peerRegions: [],
    table: {
      read: (kind, id) => calm(world.table.read(kind, id)),
      list: (kind, idPrefix) => calm(world.table.list(kind, idPrefix)),
      remove: (kind, id, ifVersion) => effective(world.table.remove(kind, id, ifVersion)),
      write: (kind, id, value, ifVersion) => effective(world.table.write(kind, id, value, ifVersion)),
    },
    store: {
      get: (path) => calm(world.store.get(path)),
      tagOf: (path) => calm(world.store.tagOf(path)),
      list: (prefix) => calm(world.store.list(prefix)),
      put: (path, body, condition) => effective(world.store.put(path, body, condition)),
    },
    bus: { put: (events) => effective(world.bus.put(events)) },
    executions: {
      start: (name, input) => effective(world.executions.start(name, input)),
      status: (name) => calm(world.executions.status(name)),
    },
    kms: {
      describe: (key) => calm(kms.describe(key)),
      probe: (key) => calm(kms.probe(key)),
      promote: (key, target) => {
        world.keyAttempted();
        return effective(kms.promote(key, target));
      },
      encrypt: (key, plaintext) => calm(kms.encrypt(key, plaintext)),
      decrypt: (key, ciphertext) => calm(kms.decrypt(key, ciphertext)),
      publicKeyDigest: (key) => calm(kms.publicKeyDigest(key)),
      rehearse: (key, view) => calm(kms.rehearse(key, view)),
      signAndVerify: (key, view) => calm(kms.signAndVerify(key, view)),
      rotation: (key) => calm(kms.rotation(key)),
      listKeys: (account, region, msMax) => calm(kms.listKeys(account, region, msMax)),
      listAliases: (account, region, msMax) => calm(kms.listAliases(account, region, msMax)),
      tags: (key) => calm(kms.tags(key)),
    },
    quotas: { promotionsPerSecond: async (_, region) => ratePerSecond('UpdatePrimaryRegion', region) },
    tagging: {
      keysTagged: (account, region, tags, msMax) => calm(tagging.keysTagged(account, region, tags, msMax)),
    },
  };
};
