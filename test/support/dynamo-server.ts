import { once } from 'node:events';
import { CreateTableCommand, type CreateTableCommandInput, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { clientBasics } from './answering.ts';

/** A DynamoDB of its own for one test file, over a real socket on this machine. */
export interface DynamoServer {
  readonly client: DynamoDBClient;
  /** Where it listens, for clients of other processes. */
  endpoint(): string;
  /** Creates a coordination table under a name that no other has, and gives back the name. */
  createTable(): Promise<string>;
  close(): Promise<void>;
}

/** A new table is ready after a turn or two of the event loop; a look takes about as long. */
const looksMax = 100;

/** The coordination table's shape, as `infra/control/table.ts` has it. */
const tableDefinition = (name: string): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'kind', AttributeType: 'S' },
    { AttributeName: 'id', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'kind', KeyType: 'HASH' },
    { AttributeName: 'id', KeyType: 'RANGE' },
  ],
});

export const startDynamoServer = async (): Promise<DynamoServer> => {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected the server to listen on a port.');
  const endpoint = `http://127.0.0.1:${address.port}`;
  const client = new DynamoDBClient({ ...clientBasics, endpoint });
  let tables = 0;
  return {
    client,
    endpoint: () => endpoint,
    async createTable() {
      tables += 1;
      const name = `coordination-${tables}`;
      await client.send(new CreateTableCommand(tableDefinition(name)));
      for (let look = 0; look < looksMax; look += 1) {
        const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
        if (table?.TableStatus === 'ACTIVE') return name;
      }
      throw new Error(`Expected table ${name} to become active; it did not within ${looksMax} looks.`);
    },
    async close() {
      client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
