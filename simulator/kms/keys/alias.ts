import { HISTORY_MS } from './history.ts';

interface Target {
  readonly sinceMs: number;
  /** Undefined from the alias's deletion on. */
  readonly keyId: string | undefined;
}

/** A name for a key in one Region, with the keys it named in the recent past. */
export class Alias {
  readonly name: string;
  readonly createdAtMs: number;
  #targets: Target[];

  constructor(name: string, keyId: string, createdAtMs: number) {
    this.name = name;
    this.createdAtMs = createdAtMs;
    this.#targets = [{ sinceMs: createdAtMs, keyId }];
  }

  /** The key it names in truth; undefined when it has been deleted. */
  get keyId(): string | undefined {
    return this.#targets.at(-1)?.keyId;
  }

  get changedAtMs(): number {
    return this.#targets.at(-1)?.sinceMs ?? this.createdAtMs;
  }

  /** The key it named at a moment of the recent past. */
  keyIdAt(momentMs: number): string | undefined {
    return this.#targets.findLast(({ sinceMs }) => sinceMs <= momentMs)?.keyId;
  }

  pointAt(keyId: string | undefined, nowMs: number): void {
    this.#targets = [
      ...this.#targets.filter((_, index, all) => (all[index + 1]?.sinceMs ?? nowMs) > nowMs - HISTORY_MS),
      { sinceMs: nowMs, keyId },
    ];
  }
}
