import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Tagging } from '../../core/ports/tagging.ts';
import { createTagging } from '../tagging/tagging.ts';
import { credentialsFor, type MemberAccess } from './kms.ts';
import { handlerWithin } from './request-handler.ts';

/** The Resource Groups Tagging API in every Region and account, as a function on Lambda reaches it. */
export const connectTagging = (member: MemberAccess, { clock, random }: { readonly clock: Clock; readonly random: Random }): Tagging =>
  createTagging({
    clock,
    random,
    connection: (place, requestTimeoutMs) => ({ requestHandler: handlerWithin(requestTimeoutMs), ...credentialsFor(member, place) }),
  });
