import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import type { EditorialSection } from '../contract/schemas/section.ts';
import type { Section } from '../domain/article/public-document.ts';
import type { Database } from './database.ts';
import { sectionKey, sectionPrefix, sectionsPartition } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';

/** A section that was merged leads to another, which may have been merged itself since. */
const longestTrail = 10;

/** The section of this slug, or the one that it was merged into, if the taxonomy has one. */
export async function getSection(database: Database, slug: string): Promise<Section | undefined> {
  let wanted = slug;
  for (let step = 0; step < longestTrail; step += 1) {
    const found = await findSection(database, wanted);
    if (!found?.mergedInto) return found && { slug: found.slug, name: found.name };
    wanted = found.mergedInto;
  }
  throw new Error(`The section ${slug} was merged more than ${longestTrail} times, or in a circle.`);
}

/** The section as it stands in the taxonomy, merged or not. Read consistently. */
export async function findSection(database: Database, slug: string): Promise<EditorialSection | undefined> {
  const command = new GetCommand({ TableName: database.editorialTable, Key: sectionKey(slug), ConsistentRead: true });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return Item && sectionFrom(Item);
}

/** The whole taxonomy, by slug. A newsroom has tens of sections, so they come in one page. */
export async function listSections(database: Database): Promise<EditorialSection[]> {
  const command = new QueryCommand({
    TableName: database.editorialTable,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :section)',
    ExpressionAttributeValues: { ':pk': sectionsPartition, ':section': sectionPrefix },
    ConsistentRead: true,
  });
  const { Items } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return (Items ?? []).map(sectionFrom);
}

/** Adds a section unless there is one of that slug: a name that the newsroom changed stays. Returns whether it was added. */
export async function addSection(database: Database, { slug, name }: Section): Promise<boolean> {
  const command = new PutCommand({
    TableName: database.editorialTable,
    Item: sectionItem({ slug, name, version: 1, mergedInto: null, updatedAt: null, updatedBy: null }),
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

/** What is null is left out. */
export function sectionItem({ slug, name, version, ...others }: EditorialSection) {
  const known = Object.entries(others).filter(([, value]) => value !== null);
  return { ...sectionKey(slug), v: layout, slug, name, version, ...Object.fromEntries(known) };
}

function sectionFrom(item: Record<string, unknown>): EditorialSection {
  const { slug, name, version = 1, mergedInto = null, updatedAt = null, updatedBy = null } = item as EditorialSection;
  return { slug, name, version, mergedInto, updatedAt, updatedBy };
}

export function noSection(slug: string): AppError {
  return new AppError('not_found', `There is no section ${slug}.`);
}
