import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoTable } from '../../../aws/table/dynamo-table.ts';
import { tableContract } from '../../contracts/table.ts';
import { answering, clientBasics, jsonAnswer } from '../../support/answering.ts';
import { type DynamoServer, startDynamoServer } from '../../support/dynamo-server.ts';

let server: DynamoServer;
before(async () => {
  server = await startDynamoServer();
});
after(() => server.close());

tableContract('A DynamoDB table', async () => createDynamoTable({ client: server.client, tableName: await server.createTable() }));

describe('A DynamoDB table', () => {
  it('stores the value as readable JSON beside its version', async () => {
    const tableName = await server.createTable();
    await createDynamoTable({ client: server.client, tableName }).write('lease', 'payments', { holder: 'run-1' }, 0);

    const Key = { kind: { S: 'lease' }, id: { S: 'payments' } };
    const { Item: item } = await server.client.send(new GetItemCommand({ TableName: tableName, Key }));

    assert.equal(item?.value?.S, '{"holder":"run-1"}');
    assert.equal(item?.version?.N, '1');
  });

  it('says which item of which table cannot be read as one of ours', async () => {
    const tableName = await server.createTable();
    const Item = { kind: { S: 'lease' }, id: { S: 'payments' }, version: { N: '1' } };
    await server.client.send(new PutItemCommand({ TableName: tableName, Item }));

    await assert.rejects(createDynamoTable({ client: server.client, tableName }).read('lease', 'payments'), /lease payments/);
  });

  it('reads strongly consistent, also when it lists', async () => {
    const consistent: unknown[] = [];
    const requestHandler = answering(({ body }) => {
      consistent.push(JSON.parse(body).ConsistentRead);
      return jsonAnswer(200, {});
    });
    const table = createDynamoTable({ client: new DynamoDBClient({ ...clientBasics, requestHandler }), tableName: 't' });

    await table.read('lease', 'payments');
    await table.list('lease');

    assert.deepEqual(consistent, [true, true]);
  });

  /** A table whose every write is refused while the item in it carries the mark given (or the mark of the write itself). */
  const refusing = (storedMark: (sent: string) => string) => {
    const requestHandler = answering(({ body }) => {
      const sent = JSON.parse(body).Item;
      const Item = { ...sent, mark: { S: storedMark(sent.mark.S) } };
      return jsonAnswer(400, {
        __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
        Message: 'The conditional request failed',
        Item,
      });
    });
    return createDynamoTable({ client: new DynamoDBClient({ ...clientBasics, requestHandler }), tableName: 't' });
  };

  it('calls a write its own when the condition is refused because of its own first attempt, whose reply was lost', async () => {
    assert.equal(await refusing((sent) => sent).write('lease', 'payments', {}, 0), true);
  });

  it('calls a write lost when somebody else wrote the same value', async () => {
    assert.equal(await refusing(() => 'the mark of another').write('lease', 'payments', {}, 0), false);
  });

  it('throws what DynamoDB says when it is anything but a refused condition', async () => {
    const requestHandler = answering(() =>
      jsonAnswer(400, { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'no such table' }),
    );
    const table = createDynamoTable({ client: new DynamoDBClient({ ...clientBasics, requestHandler }), tableName: 't' });

    await assert.rejects(table.write('lease', 'payments', {}, 0), { name: 'ResourceNotFoundException' });
  });

  it('stops listing when the pages do not end, and says so', async () => {
    const requestHandler = answering(() => jsonAnswer(200, { Items: [], LastEvaluatedKey: { kind: { S: 'run' }, id: { S: 'r' } } }));
    const table = createDynamoTable({ client: new DynamoDBClient({ ...clientBasics, requestHandler }), tableName: 't' });

    await assert.rejects(table.list('run'), /more than 100 pages of run items/);
  });
});
