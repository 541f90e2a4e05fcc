import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { HistoryLine } from '../contract/schemas/history.ts';
import { actorOf } from '../domain/article/working-copy.ts';
import { cursorAt, positionOf } from './cursor.ts';
import type { Database } from './database.ts';
import { articlePartition, historyPrefix } from './keys.ts';
import { withRetries } from './retry.ts';

/** A page of what was done with an article, the last first. Throws `invalid_request` for a bad cursor. */
export async function listHistory(
  database: Database,
  articleId: string,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<{ items: HistoryLine[]; nextCursor: string | null }> {
  const listing = `history ${articleId}`;
  const after = cursor === undefined ? undefined : positionOf(listing, cursor);
  const command = new QueryCommand({
    TableName: database.editorialTable,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
    ExpressionAttributeValues: {
      ':pk': articlePartition(articleId),
      ':from': historyPrefix,
      ':until': after ?? `${historyPrefix}~`,
    },
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: limit + 2,
  });
  const { Items = [] } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  const fresh = Items.filter(({ sk }) => sk !== after);
  const items = fresh.slice(0, limit);
  const last = fresh.length > limit ? items.at(-1)?.sk : undefined;
  return { items: items.map(lineFrom), nextCursor: last === undefined ? null : cursorAt(listing, String(last)) };
}

function lineFrom(item: Record<string, unknown>): HistoryLine {
  const line = item as unknown as HistoryLine & { sk: string };
  return {
    id: line.sk.slice(historyPrefix.length),
    action: line.action,
    at: line.at,
    by: actorOf(line.by),
    client: line.client ?? null,
    version: line.version,
    fromRevision: line.fromRevision,
    toRevision: line.toRevision,
    note: line.note ?? null,
    kind: line.kind ?? null,
    publishAt: line.publishAt ?? null,
    unpublishAt: line.unpublishAt ?? null,
    scheduledBy: line.scheduledBy ? actorOf(line.scheduledBy) : null,
    lateByMs: line.lateByMs ?? null,
    emergency: line.emergency ?? false,
  };
}
