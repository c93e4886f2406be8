import { keyArn } from './arn.ts';
import type { Grant } from './grant.ts';
import { HISTORY_MS } from './history.ts';
import type { ImportedMaterial, ImportParameters, MaterialVersion } from './key-material.ts';
import type { KeyOrigin, KeySpec, KeyUsage } from './key-specs.ts';
import type { RegionalView } from './regional-view.ts';

/** The automatic rotation of the key material, a property shared by all related keys. */
export interface Rotation {
  readonly periodInDays: number;
  readonly nextMs: number;
}

/** A rotation that somebody asked for and that is not done yet. */
export interface OnDemandRotation {
  readonly startedMs: number;
}

/** What related keys share: one key ID, one history of material, whatever the Region. */
export interface KmsKey {
  readonly account: string;
  readonly keyId: string;
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly multiRegion: boolean;
  readonly origin: KeyOrigin;
  /** Every material that was ever current, oldest first; the last one is. None before the first import of an EXTERNAL key. */
  readonly materials: MaterialVersion[];
  /** New material of an EXTERNAL key that waits for a rotation. */
  nextMaterial: MaterialVersion | undefined;
  readonly regions: Map<string, RegionalKey>;
  rotation: Rotation | undefined;
  onDemandRotation: OnDemandRotation | undefined;
  onDemandRotations: number;
  promotionsAccepted: number;
}

/** One related key: a key as it exists in one Region, now and in the recent past. */
export class RegionalKey {
  readonly key: KmsKey;
  readonly region: string;
  readonly arn: string;
  /** Kept apart from the state: tags, aliases and dates of related keys differ. */
  readonly createdAtMs: number;
  /** The operations that this key's policy denies in this Region. */
  denied: ReadonlySet<string> = new Set();
  /** Those that ended lately are still among them, for stale reads. */
  readonly grants = new Map<string, Grant>();
  /** What of an EXTERNAL key's material this Region holds, by its ID. */
  readonly imported = new Map<string, ImportedMaterial>();
  /** What GetParametersForImport gave out, by its token. */
  readonly importParameters = new Map<string, ImportParameters>();
  lastUse: { readonly operation: string; readonly atMs: number; readonly requestId: string } | undefined;
  #views: RegionalView[];

  constructor(key: KmsKey, region: string, first: RegionalView) {
    this.key = key;
    this.region = region;
    this.arn = keyArn(key.account, region, key.keyId);
    this.createdAtMs = first.sinceMs;
    this.#views = [first];
  }

  /** The truth of this moment. */
  get now(): RegionalView {
    const last = this.#views.at(-1);
    if (last === undefined) throw new Error(`${this.arn} has no view at all; it must keep at least one.`);
    return last;
  }

  /** What was true at a moment of the recent past; undefined when the key did not exist yet. */
  viewAt(momentMs: number): RegionalView | undefined {
    return this.#views.findLast(({ sinceMs }) => sinceMs <= momentMs);
  }

  change(sinceMs: number, change: Partial<Omit<RegionalView, 'sinceMs'>>): void {
    this.#views.push({ ...this.now, ...change, sinceMs });
    while ((this.#views[1]?.sinceMs ?? Number.POSITIVE_INFINITY) <= sinceMs - HISTORY_MS) this.#views.shift();
  }

  /** Changes the present and forgets the past, as if it had always been so. */
  rewrite(change: Partial<Omit<RegionalView, 'sinceMs'>>): void {
    this.#views = [{ ...this.now, ...change, sinceMs: this.createdAtMs }];
  }
}

/** The Regions of a key but one, sorted. */
export const regionsBut = (key: KmsKey, primaryRegion: string): readonly string[] =>
  [...key.regions.keys()].filter((region) => region !== primaryRegion).sort();

/** Tells every related key who the primary is now and which replicas there are. */
export const relate = (key: KmsKey, primaryRegion: string, nowMs: number): void => {
  const replicaRegions = regionsBut(key, primaryRegion);
  for (const related of key.regions.values()) related.change(nowMs, { primaryRegion, replicaRegions });
};
