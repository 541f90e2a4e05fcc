import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Section } from '../domain/article/public-document.ts';
import type { Database } from './database.ts';
import { sectionKey, sectionsPartition } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';

/** The section of this slug, if the taxonomy has one. */
export async function getSection(database: Database, slug: string): Promise<Section | undefined> {
  const command = new GetCommand({ TableName: database.editorialTable, Key: sectionKey(slug), ConsistentRead: true });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return Item && { slug: String(Item.slug), name: String(Item.name) };
}

/** The whole taxonomy, by slug. A newsroom has tens of sections, so they come in one page. */
export async function listSections(database: Database): Promise<Section[]> {
  const command = new QueryCommand({
    TableName: database.editorialTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': sectionsPartition },
    ConsistentRead: true,
  });
  const { Items } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return (Items ?? []).map((item) => ({ slug: String(item.slug), name: String(item.name) }));
}

/** Adds a section unless there is one of that slug: a name that the newsroom changed stays. Returns whether it was added. */
export async function addSection(database: Database, { slug, name }: Section): Promise<boolean> {
  const command = new PutCommand({
    TableName: database.editorialTable,
    Item: { ...sectionKey(slug), v: layout, slug, name },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  try {
    await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
