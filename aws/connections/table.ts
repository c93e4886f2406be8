import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../core/ports/table.ts';
import type { Region } from '../../core/region.ts';
import { createDynamoTable } from '../table/dynamo-table.ts';
import { controlClient } from './control.ts';

/** The coordination table, as a function on Lambda reaches it. */
export const connectTable = (region: Region, tableName: string): Table =>
  createDynamoTable({ client: new DynamoDBClient(controlClient(region)), tableName });
