import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { ItemKind, Table, Versioned } from '../../core/ports/table.ts';

/** A page holds a mebibyte: a hundred of them are more of one kind than an installation of any size keeps. */
const pagesMax = 100;

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * The value is kept as JSON text and not as DynamoDB's own maps: any JSON survives as it is (empty strings, numbers of
 * any size, a null inside a list), and what the console shows is what the code wrote.
 */
const versioned = <T>(tableName: string, { kind, id, value, version }: Item): Versioned<T> => {
  if (value?.S === undefined || version?.N === undefined) {
    const held = `value ${JSON.stringify(value)} and version ${JSON.stringify(version)}`;
    throw new Error(`Expected JSON text and a version in item ${kind?.S} ${id?.S} of table ${tableName}; got ${held}.`);
  }
  return { value: JSON.parse(value.S), version: Number(version.N) };
};

/**
 * The coordination table in DynamoDB; its shape is in `infra/control/table.ts`.
 *
 * Each write carries a mark of its own. The SDK sends a request again when the reply was lost, and then the condition is
 * refused because of our own first attempt; by the mark this is told apart from somebody else's write.
 */
export const createDynamoTable = ({ client, tableName }: { readonly client: DynamoDBClient; readonly tableName: string }): Table => ({
  async read<T>(kind: ItemKind, id: string) {
    const Key = { kind: { S: kind }, id: { S: id } };
    const { Item: item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return item === undefined ? undefined : versioned<T>(tableName, item);
  },

  async write<T>(kind: ItemKind, id: string, value: T, ifVersion: number) {
    const mark = randomUUID();
    const condition =
      ifVersion === 0
        ? { ConditionExpression: 'attribute_not_exists(#kind)', ExpressionAttributeNames: { '#kind': 'kind' } }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': { N: String(ifVersion) } },
          };
    const put = new PutItemCommand({
      TableName: tableName,
      Item: {
        kind: { S: kind },
        id: { S: id },
        version: { N: String(ifVersion + 1) },
        value: { S: JSON.stringify(value) },
        mark: { S: mark },
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...condition,
    });
    try {
      await client.send(put);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item?.mark?.S === mark;
    }
  },

  async remove(kind: ItemKind, id: string, ifVersion: number) {
    const removal = new DeleteItemCommand({
      TableName: tableName,
      Key: { kind: { S: kind }, id: { S: id } },
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: String(ifVersion) } },
    });
    await client.send(removal).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  },

  async list<T>(kind: ItemKind, idPrefix = '') {
    const found: (Versioned<T> & { readonly id: string })[] = [];
    let from: QueryCommandOutput['LastEvaluatedKey'];
    for (let page = 0; page < pagesMax; page += 1) {
      const query = new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        ...(idPrefix === ''
          ? {
              KeyConditionExpression: '#kind = :kind',
              ExpressionAttributeNames: { '#kind': 'kind' },
              ExpressionAttributeValues: { ':kind': { S: kind } },
            }
          : {
              KeyConditionExpression: '#kind = :kind AND begins_with(#id, :prefix)',
              ExpressionAttributeNames: { '#kind': 'kind', '#id': 'id' },
              ExpressionAttributeValues: { ':kind': { S: kind }, ':prefix': { S: idPrefix } },
            }),
        ExclusiveStartKey: from,
      });
      const answer: QueryCommandOutput = await client.send(query);
      for (const item of answer.Items ?? []) found.push({ ...versioned<T>(tableName, item), id: item.id?.S ?? '' });
      from = answer.LastEvaluatedKey;
      if (from === undefined) return found;
    }
    throw new Error(`Table ${tableName} has more than ${pagesMax} pages of ${kind} items; expected fewer, and stopped reading there.`);
  },
});
