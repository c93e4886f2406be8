import type { Clock } from '../../core/ports/clock.ts';
import type { Quotas } from '../../core/ports/quotas.ts';
import type { Random } from '../../core/ports/random.ts';
import { createQuotas } from '../quotas/service-quotas.ts';
import { credentialsFor, type MemberAccess } from './kms.ts';
import { handlerWithin } from './request-handler.ts';

/** Service Quotas in every Region and account, as a function on Lambda reaches it. */
export const connectQuotas = (member: MemberAccess, { clock, random }: { readonly clock: Clock; readonly random: Random }): Quotas =>
  createQuotas({
    clock,
    random,
    connection: (place, requestTimeoutMs) => ({ requestHandler: handlerWithin(requestTimeoutMs), ...credentialsFor(member, place) }),
  });
