import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createDynamoTable } from '../../../aws/table/dynamo-table.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { createHeldTable } from '../../../simulator/table/held-table.ts';
import { createMemoryTable } from '../../../simulator/table/memory-table.ts';
import { tableContract } from '../../contracts/table.ts';
import { type DynamoServer, startDynamoServer } from '../../support/dynamo-server.ts';

tableContract('A held table', async () => createHeldTable(createMemoryTable(), new VirtualClock(0)));

describe('A held table over a real socket', () => {
  let server: DynamoServer;
  before(async () => {
    server = await startDynamoServer();
  });
  after(() => server.close());

  it('lets no virtual time pass while its calls are under way, though timers are waiting', async () => {
    const clock = new VirtualClock(0);
    const table = createHeldTable(createDynamoTable({ client: server.client, tableName: await server.createTable() }), clock);
    const times: number[] = [];
    clock.after(1, () => times.push(clock.now()));

    await clock.run(
      (async () => {
        await table.write('lane', 'a', 1, 0);
        await table.read('lane', 'a');
        await table.list('lane');
        assert.deepEqual(times, []);
        await clock.sleep(1);
      })(),
    );

    assert.deepEqual(times, [1]);
    assert.equal(clock.now(), 1);
  });
});
