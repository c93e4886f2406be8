import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDynamoTable } from '../../../aws/table/dynamo-table.ts';
import { type DynamoServer, startDynamoServer } from '../../support/dynamo-server.ts';

const CONTENDER = fileURLToPath(new URL('../../support/lease-contender.ts', import.meta.url));
const TIMES = 20;

let server: DynamoServer;
before(async () => {
  server = await startDynamoServer();
});
after(() => server.close());

test('two processes that contend for a fleet over DynamoDB’s wire hold it one after the other, under fences that grow', async () => {
  const tableName = await server.createTable();
  const contend = async (name: string, other: string): Promise<readonly number[]> => {
    const { stdout } = await promisify(execFile)(process.execPath, [CONTENDER, server.endpoint(), tableName, name, other, String(TIMES)]);
    return JSON.parse(stdout) as number[];
  };

  const fences = await Promise.all([contend('east', 'west'), contend('west', 'east')]);

  for (const own of fences)
    assert.deepEqual(
      own,
      own.toSorted((a, b) => a - b),
    );
  const all = fences.flat().toSorted((a, b) => a - b);
  assert.deepEqual(
    all,
    Array.from({ length: 2 * TIMES }, (_, index) => index + 1),
  );
  const counted = await createDynamoTable({ client: server.client, tableName }).read('fleet', 'payments');
  assert.deepEqual(counted, { value: { count: 2 * TIMES }, version: 2 * TIMES });
});
