import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { useEngine } from '../support/engine.ts';

const database = useEngine();

test('keeps what is put', async () => {
  await database.client.send(new PutCommand({ TableName: database.contentTable, Item: { pk: 'a', sk: 'b' } }));
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.contentTable, Key: { pk: 'a', sk: 'b' } }),
  );
  expect(Item).toEqual({ pk: 'a', sk: 'b' });
});
