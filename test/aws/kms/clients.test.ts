import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createKmsClients, type Place } from '../../../aws/kms/clients.ts';
import { PROMOTE_CALL_MS_MAX, READ_CALL_MS_MAX } from '../../../core/limits.ts';
import { accountId } from '../../../core/region.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { answering, clientBasics, jsonAnswer } from '../../support/answering.ts';
import { ACCOUNT, SOURCE, TARGET } from '../../support/keys.ts';

const OTHER = accountId('444455556666');

/** Clients, and the connections that were asked for. */
const watched = (session?: () => string) => {
  const connections: Array<Place & { readonly requestTimeoutMs: number }> = [];
  const clients = createKmsClients({
    clock: new VirtualClock(0),
    random: new Seeded(1),
    ...(session === undefined ? {} : { session }),
    connection: (place, requestTimeoutMs) => {
      connections.push({ ...place, requestTimeoutMs });
      return { requestHandler: answering(() => jsonAnswer(200, {})), credentials: clientBasics.credentials };
    },
  });
  return { clients, connections };
};

describe('The KMS clients of a function instance', () => {
  it('are made once for each account and Region, and apart for calls that may not be repeated', () => {
    const { clients, connections } = watched();
    const place = { account: ACCOUNT, region: SOURCE };

    assert.equal(clients.reading(place), clients.reading({ ...place }));
    assert.equal(clients.single(place), clients.single({ ...place }));
    assert.notEqual(clients.reading(place), clients.single(place));
    assert.equal(connections.length, 2);
  });

  it('differ by account and by Region', () => {
    const { clients, connections } = watched();

    const made = [ACCOUNT, OTHER].flatMap((account) => [SOURCE, TARGET].map((region) => clients.reading({ account, region })));

    assert.equal(new Set(made).size, 4);
    assert.deepEqual(
      connections.map(({ account, region }) => `${account} ${region}`),
      [`${ACCOUNT} us-east-1`, `${ACCOUNT} us-west-2`, `${OTHER} us-east-1`, `${OTHER} us-west-2`],
    );
  });

  it('are made anew when the session has another name', () => {
    let run = 'payments-0-1';
    const { clients } = watched(() => run);
    const place = { account: ACCOUNT, region: SOURCE };
    const before = clients.single(place);

    assert.equal(clients.single(place), before);
    run = 'payments-0-2';
    assert.notEqual(clients.single(place), before);
  });

  it('are in the Region of their keys', async () => {
    const { clients } = watched();

    assert.equal(await clients.reading({ account: ACCOUNT, region: TARGET }).config.region(), TARGET);
    assert.equal(await clients.single({ account: ACCOUNT, region: SOURCE }).config.region(), SOURCE);
  });

  it('have the time that their kind of call may take', () => {
    const { clients, connections } = watched();

    clients.single({ account: ACCOUNT, region: SOURCE });
    clients.reading({ account: ACCOUNT, region: SOURCE });

    assert.deepEqual(
      connections.map(({ requestTimeoutMs }) => requestTimeoutMs),
      [PROMOTE_CALL_MS_MAX, READ_CALL_MS_MAX],
    );
  });
});
