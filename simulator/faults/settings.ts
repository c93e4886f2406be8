import { OPERATION_CLASSES, type OperationClass } from './operation-class.ts';

export const SETTINGS = ['rate', 'class', 'region', 'account', 'from', 'for'] as const;
/** What can be said about a fault beside its name, by the word that says it. */
export type Setting = (typeof SETTINGS)[number];

/** What is left out stays as the catalog has it. */
export interface FaultSettings {
  /** The share of calls that it strikes, more than 0 and at most 1. */
  readonly rate?: number;
  readonly operationClass?: OperationClass;
  /** A Region's code; `source` and `target` mean those of the story. */
  readonly region?: string;
  readonly account?: string;
  /** From when on, and for how long, in milliseconds since the fault was made. */
  readonly fromMs?: number;
  readonly forMs?: number;
}

const SETTING_OF: Readonly<Record<keyof FaultSettings, Setting>> = {
  rate: 'rate',
  operationClass: 'class',
  region: 'region',
  account: 'account',
  fromMs: 'from',
  forMs: 'for',
};

/** How settings are written behind a fault's name, for people. */
export const SETTINGS_SENTENCE =
  'Most faults can be made stronger or narrower: hang,rate=20%,class=write,region=target,account=111122223333,from=1m,for=10m. ' +
  `Classes are ${OPERATION_CLASSES.join(', ')}; a region is source, target or a code; a fault of the source strikes the region given instead.`;

/** Which settings were given. */
export const settingsIn = (settings: FaultSettings): readonly Setting[] =>
  (Object.keys(settings) as (keyof FaultSettings)[]).map((key) => SETTING_OF[key]);
