import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '../../aws/clock/system-clock.ts';
import { createDynamoTable } from '../../aws/table/dynamo-table.ts';
import { type Lease, released } from '../../core/coordination/lease.ts';
import { changeItem } from '../../functions/frame/item.ts';
import { takeLease } from '../../functions/plan/take-lease.ts';
import { clientBasics } from './answering.ts';
import { runtimeWith } from './runtime.ts';

// A process of its own that takes a fleet's lease so many times, among others that do the same. While it has the fleet it counts in
// an item without any care: read, then write whatever was read plus one. Prints the fences under which it held the fleet.
const [endpoint = '', tableName = '', name = '', other = '', times = '0'] = process.argv.slice(2);
const client = new DynamoDBClient({ ...clientBasics, endpoint });
const table = createDynamoTable({ client, tableName });
const runtime = runtimeWith({
  clock: systemClock,
  random: { uniform: Math.random },
  table,
  executions: { start: () => Promise.reject(new Error('Nobody is to be started.')), status: async () => 'RUNNING' },
});
// Who comes first waits for the other: else one of them might be through before the other has begun.
await table.write('run', name, {}, 0);
while ((await table.read('run', other)) === undefined);
const fences: number[] = [];
while (fences.length < Number(times)) {
  const runId = `${name}-${fences.length + 1}`;
  const answer = await takeLease(runtime, runId, { fleet: 'payments', operation: 'failover' });
  if (answer.kind !== 'taken') continue;
  fences.push(answer.lease.fence);
  const counted = await table.read<{ readonly count: number }>('fleet', 'payments');
  const written = await table.write('fleet', 'payments', { count: (counted?.value.count ?? 0) + 1 }, counted?.version ?? 0);
  if (!written) throw new Error(`${runId} held the fleet, and somebody else wrote to it.`);
  await changeItem<Lease, void>(runtime, 'lease', 'payments', (lease) => ({ store: released(lease, runId), answer: undefined }));
}
client.destroy();
process.stdout.write(JSON.stringify(fences));
