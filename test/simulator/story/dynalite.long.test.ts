import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDynamoTable } from '../../../aws/table/dynamo-table.ts';
import { createHeldTable } from '../../../simulator/table/held-table.ts';
import { type DynamoServer, startDynamoServer } from '../../support/dynamo-server.ts';
import { outcomesOf, type StoryWords, tell } from '../../support/stories.ts';

let server: DynamoServer;
before(async () => {
  server = await startDynamoServer();
});
after(() => server.close());

const KEYS = 15;
const all = { promoted: KEYS };

/** Every story once more, with the coordination table on the wire of DynamoDB. */
const stories: ReadonlyArray<StoryWords & { readonly ends: Readonly<Record<string, number>> }> = [
  { ends: all },
  { again: true, ends: all },
  { operation: 'switchover', ends: all },
  { operation: 'failback', ends: all },
  { operation: 'drill', ends: all },
  { faults: ['throttle'], ends: all },
  { faults: ['lost-reply'], ends: all },
  { faults: ['stale-reads'], ends: all },
  { faults: ['slow-updating'], ends: all },
  { faults: ['degraded'], ends: all },
  { faults: ['function-crash'], ends: all },
  { faults: ['abort'], ends: all },
  { faults: ['source-down'], ends: { blocked: KEYS } },
  { faults: ['source-down-at=40%'], ends: { promoted: 6, blocked: 9 } },
  { faults: ['source-down-for=10m'], ends: all },
  { faults: ['disabled-replicas'], ends: { promoted: 14, ineligible: 1 } },
  { faults: ['missing-replicas'], ends: { promoted: 14, ineligible: 1 } },
  { faults: ['denied-target'], ends: { promoted: 14, ineligible: 1 } },
];

for (const { ends, ...words } of stories) {
  const name = [words.operation ?? 'failover', words.again === true ? 'again' : '', ...(words.faults ?? [])].filter(Boolean).join(' ');
  test(`the story "${name}" ends the same with its table on DynamoDB’s wire`, async () => {
    const tableName = await server.createTable();
    const { figures } = await tell({
      ...words,
      keys: KEYS,
      table: (clock) => createHeldTable(createDynamoTable({ client: server.client, tableName }), clock),
    });

    assert.deepEqual(outcomesOf(figures), ends);
  });
}
