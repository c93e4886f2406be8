import type { FunctionName } from '../../core/limits.ts';
import type { ItemKind } from '../../core/ports/table.ts';
import { FLEET_FILE } from '../../functions/frame/fleets.ts';
import type { MemberRight } from '../names.ts';

/** What a function may do outside itself. A test plays stories, and fails for what is missing here and for what is too much. */
export interface Rights {
  readonly table: {
    /** Kinds of which it reads single items. */
    readonly read: readonly ItemKind[];
    /** Kinds of which it lists every item. */
    readonly list: readonly ItemKind[];
    readonly write: readonly ItemKind[];
    /** Kinds of which it removes what is long over. */
    readonly remove?: readonly ItemKind[];
  };
  /** Paths of the working bucket, with a `*` at the end or nowhere. */
  readonly working: { readonly read: readonly string[]; readonly write: readonly string[] };
  readonly evidence: { readonly read: boolean; readonly write: boolean };
  /** Whether it puts lifecycle events on the bus. */
  readonly announces: boolean;
  readonly executions: { readonly start: boolean; readonly look: boolean };
  /** The role that it assumes in the accounts that own keys. */
  readonly member: MemberRight | undefined;
  /** Whether it asks the Resource Groups Tagging API, with the rights of its member role. */
  readonly asksTheIndexOfTags?: true;
  /** Whether it asks Service Quotas, with the rights of its member role. */
  readonly asksForQuotas?: true;
  /** Whether nobody waits for its answer, so that its failures go to a queue. */
  readonly isCalledAsynchronously?: true;
}

const INVENTORY = 'inventory/*';
const RUNS = 'runs/*';

const NO_EXECUTIONS: Rights['executions'] = { start: false, look: false };
const NO_EVIDENCE: Rights['evidence'] = { read: false, write: false };

export const RIGHTS: Readonly<Record<FunctionName, Rights>> = {
  trigger: {
    table: {
      read: ['decision', 'fleet', 'intent', 'inventory', 'lease', 'outbox', 'probe', 'promotion', 'run', 'switch', 'watch'],
      list: ['decision', 'intent', 'inventory'],
      write: ['decision', 'fleet', 'intent', 'inventory', 'lease', 'outbox', 'probe', 'promotion', 'run', 'watch'],
      remove: ['decision', 'intent', 'run'],
    },
    working: { read: [FLEET_FILE, INVENTORY, RUNS], write: [INVENTORY, RUNS] },
    evidence: { read: true, write: true },
    announces: true,
    executions: { start: true, look: true },
    member: 'observe',
    asksTheIndexOfTags: true,
    asksForQuotas: true,
    isCalledAsynchronously: true,
  },
  plan: {
    table: {
      read: ['fleet', 'intent', 'lease', 'outbox', 'probe', 'run', 'switch', 'watch'],
      list: ['intent'],
      write: ['decision', 'intent', 'lease', 'outbox'],
    },
    working: { read: [FLEET_FILE, INVENTORY, RUNS], write: [INVENTORY, RUNS] },
    evidence: { read: true, write: false },
    announces: true,
    executions: { start: false, look: true },
    member: 'observe',
  },
  stage: {
    table: { read: ['breaker', 'lease', 'outbox', 'watch'], list: [], write: ['lease', 'outbox'] },
    working: { read: [RUNS], write: [RUNS] },
    evidence: NO_EVIDENCE,
    announces: true,
    executions: NO_EXECUTIONS,
    member: 'prove',
  },
  precheck: {
    table: { read: ['breaker', 'darkness', 'lane', 'lease', 'watch'], list: [], write: ['darkness', 'lane', 'lease'] },
    working: { read: [RUNS], write: [RUNS] },
    evidence: NO_EVIDENCE,
    announces: false,
    executions: NO_EXECUTIONS,
    member: 'prove',
  },
  promote: {
    table: { read: ['breaker', 'lane', 'lease', 'watch'], list: [], write: ['lane', 'window'] },
    working: { read: [RUNS], write: [RUNS] },
    evidence: NO_EVIDENCE,
    announces: false,
    executions: NO_EXECUTIONS,
    member: 'promote',
  },
  poll: {
    table: { read: ['breaker', 'lane', 'lease', 'watch'], list: [], write: ['lease'] },
    working: { read: [RUNS], write: [RUNS] },
    evidence: NO_EVIDENCE,
    announces: false,
    executions: NO_EXECUTIONS,
    member: 'prove',
  },
  verify: {
    table: { read: ['breaker', 'lane', 'lease'], list: [], write: ['breaker'] },
    working: { read: [RUNS], write: [RUNS] },
    evidence: NO_EVIDENCE,
    announces: false,
    executions: NO_EXECUTIONS,
    member: 'prove',
  },
  report: {
    table: { read: ['fleet', 'intent', 'lease', 'outbox'], list: [], write: ['fleet', 'intent', 'lease', 'outbox'] },
    working: { read: [RUNS], write: [RUNS] },
    evidence: { read: true, write: true },
    announces: true,
    executions: NO_EXECUTIONS,
    member: undefined,
  },
  operator: {
    table: {
      read: ['decision', 'fleet', 'intent', 'lease', 'outbox', 'run', 'switch'],
      list: ['intent'],
      write: ['decision', 'fleet', 'intent', 'lease', 'outbox', 'run', 'switch'],
    },
    working: { read: [FLEET_FILE], write: [] },
    evidence: NO_EVIDENCE,
    announces: true,
    executions: { start: true, look: false },
    member: undefined,
  },
};
