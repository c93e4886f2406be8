import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { Clock } from '../../core/ports/clock.ts';
import type { Kms } from '../../core/ports/kms.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Region } from '../../core/region.ts';
import { createKmsClients, type Place } from '../kms/clients.ts';
import { createKms } from '../kms/kms.ts';
import { handlerWithin } from './request-handler.ts';

/** As whom a function acts in the accounts that own keys. */
export interface MemberAccess {
  /** The role to assume there; without it the function's own role acts, in its own account. */
  readonly roleName: string | undefined;
  readonly externalId: string | undefined;
  /** Where the role is assumed: the Region in trouble is asked for nothing but KMS. */
  readonly stsRegion: Region;
}

/** What a client in the place signs with: the role's credentials there, or nothing, which is the function's own. */
export const credentialsFor = ({ roleName, externalId, stsRegion }: MemberAccess, place: Place) =>
  roleName === undefined
    ? {}
    : {
        credentials: fromTemporaryCredentials({
          params: {
            RoleArn: `arn:aws:iam::${place.account}:role/${roleName}`,
            RoleSessionName: 'mrk-failover',
            ...(externalId === undefined ? {} : { ExternalId: externalId }),
          },
          clientConfig: { region: stsRegion },
        }),
      };

/** KMS in every Region and account, as a function on Lambda reaches it. */
export const connectKms = (member: MemberAccess, { clock, random }: { readonly clock: Clock; readonly random: Random }): Kms => {
  const clients = createKmsClients({
    clock,
    random,
    connection: (place, requestTimeoutMs) => ({ requestHandler: handlerWithin(requestTimeoutMs), ...credentialsFor(member, place) }),
  });
  return createKms(clients, clock);
};
