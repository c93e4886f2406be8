import type { FaultContext } from './fault-context.ts';
import type { AffectedKey, KmsFault, PreparedWorld, SeededKey } from './kms-fault.ts';

const SHARE = 0.07;

/** Which fault takes which part of the shuffled keys, so that they strike different keys wherever there are enough. */
const PLACES = ['disabled-replicas', 'missing-replicas', 'denied-target'] as const;
type ImpairmentName = (typeof PLACES)[number];

/** The numbers 0 to count - 1 in an order drawn from the seed. */
const shuffled = ({ random, keyCount }: FaultContext): readonly number[] => {
  const stream = random.stream('fault/impaired keys');
  return Array.from({ length: keyCount }, (_, index) => ({ index, lot: stream.uniform() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ index }) => index);
};

const impair = (name: ImpairmentName, { account, keyId }: SeededKey, target: string, world: PreparedWorld): void => {
  switch (name) {
    case 'disabled-replicas':
      world.disableReplica(account, keyId, target);
      break;
    case 'missing-replicas':
      world.removeReplica(account, keyId, target);
      break;
    case 'denied-target':
      world.denyPromotion(account, keyId, target);
  }
};

/**
 * Makes round(7 %) of the keys, at least one, impossible to move, while the world is prepared. Only the keys that would
 * move from source to target are counted.
 */
export class ImpairedKeys implements KmsFault {
  readonly name: ImpairmentName;
  readonly affected: AffectedKey[] = [];
  readonly #context: FaultContext;
  readonly #chosen: ReadonlySet<number>;
  #seeded = 0;

  constructor(name: ImpairmentName, context: FaultContext) {
    this.name = name;
    this.#context = context;
    const wanted = Math.max(1, Math.round(SHARE * context.keyCount));
    const order = shuffled(context);
    const from = PLACES.indexOf(name) * wanted;
    this.#chosen = new Set(Array.from({ length: wanted }, (_, place) => order[(from + place) % order.length] ?? 0));
  }

  get struck(): number {
    return this.affected.length;
  }

  keySeeded(key: SeededKey, world: PreparedWorld): void {
    const { source, target } = this.#context;
    if (key.primary !== source || !key.replicas.includes(target)) return;
    if (this.#chosen.has(this.#seeded)) {
      impair(this.name, key, target, world);
      this.affected.push({ account: key.account, keyId: key.keyId });
    }
    this.#seeded += 1;
  }
}
