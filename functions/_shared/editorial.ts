import { ulid } from 'ulid';
import { v7 } from 'uuid';
import { invalidField } from '../../contract/errors.ts';
import { editorialArticle, type WorkingCopy } from '../../domain/article/working-copy.ts';
import { type Database, openClient } from '../../store/database.ts';
import { systemTiming } from '../../store/retry.ts';
import { getSection } from '../../store/sections.ts';
import { optionalSetting, setting } from './environment.ts';
import { json, type Reply } from './request.ts';

let client: Database['client'] | undefined;

/** The tables as this request may use them: until its deadline. The connection outlives the request. */
export function editorialDatabase({ deadline, id }: { deadline: number; id?: string }): Database {
  client ??= openClient(optionalSetting('dynamodbEndpoint'));
  return {
    client,
    editorialTable: setting('editorialTable'),
    // Asked for when it is written to: functions that never touch it are not told its name.
    get contentTable() {
      return setting('contentTable');
    },
    timing: systemTiming,
    newChangeId: ulid,
    deadline,
    requestId: id,
  };
}

export const newArticleId = (now: Date): string => v7({ msecs: now.getTime() });

/** Throws `invalid_request` for a section that the taxonomy does not have. */
export async function assertSection(database: Database, slug: string | null | undefined): Promise<void> {
  if (slug && !(await getSection(database, slug)))
    throw invalidField('/section', `must be a section of this newsroom, and ${slug} is none`);
}

/** The article as it now is, with the ETag that the next change has to name. */
export function articleReply(status: 200 | 201, copy: WorkingCopy, body: unknown = editorialArticle(copy)): Reply {
  return json(status, body, {
    etag: `"${copy.version}"`,
    ...(status === 201 ? { location: `/editorial/v1/articles/${copy.id}` } : {}),
  });
}
