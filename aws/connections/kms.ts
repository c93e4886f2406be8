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
  /** What CloudTrail calls the session, asked at each use: one instance of a function works for many runs. */
  readonly sessionName: () => string;
  /** Where the role is assumed: the Region in trouble is asked for nothing but KMS. */
  readonly stsRegion: Region;
}

/** The most that a role which was assumed from a role may ask for: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html (role chaining) */
const SESSION_SECONDS = 3_600;

/**
 * What a client in the place signs with: the role's credentials there, or nothing, which is the function's own. The SDK asks for new
 * credentials five minutes before they expire.
 */
export const credentialsFor = ({ roleName, externalId, stsRegion, sessionName }: MemberAccess, place: Place) =>
  roleName === undefined
    ? {}
    : {
        credentials: fromTemporaryCredentials({
          params: {
            RoleArn: `arn:aws:iam::${place.account}:role/${roleName}`,
            RoleSessionName: sessionName(),
            DurationSeconds: SESSION_SECONDS,
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
    session: member.sessionName,
    connection: (place, requestTimeoutMs) => ({ requestHandler: handlerWithin(requestTimeoutMs), ...credentialsFor(member, place) }),
  });
  return createKms(clients, clock);
};
