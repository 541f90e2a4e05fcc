import { monotonicFactory } from 'ulid';
import { v7 } from 'uuid';
import { AppError, invalidField } from '../../contract/errors.ts';
import { allows } from '../../contract/roles.ts';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { editorialArticle } from '../../domain/article/desk-view.ts';
import type { Caller, WorkingCopy } from '../../domain/article/working-copy.ts';
import { type Database, openClient } from '../../store/database.ts';
import { systemTiming } from '../../store/retry.ts';
import { findSection } from '../../store/sections.ts';
import { fourEyes, optionalSetting, setting } from './environment.ts';
import { json, type Reply } from './request.ts';

let client: Database['client'] | undefined;

/** Two changes of one millisecond keep their order, as far as one instance makes both. */
const newChangeId = monotonicFactory();

/** The tables as this request may use them: until its deadline. The connection outlives the request. */
export function editorialDatabase({ deadline, id }: { deadline: number; id?: string }): Database {
  client ??= openClient(optionalSetting('dynamodbEndpoint'));
  return {
    client,
    // Asked for when they are touched: functions that never touch one are not told its name.
    get editorialTable() {
      return setting('editorialTable');
    },
    get contentTable() {
      return setting('contentTable');
    },
    timing: systemTiming,
    newChangeId,
    deadline,
    requestId: id,
  };
}

export const newArticleId = (now: Date): string => v7({ msecs: now.getTime() });

/** Throws `invalid_request` for a section that the taxonomy does not have. */
export async function assertSection(database: Database, slug: string | null | undefined): Promise<void> {
  const found = slug ? await findSection(database, slug) : undefined;
  if (found?.mergedInto) throw invalidField('/section', `must be ${found.mergedInto}: ${slug} was merged into it`);
  if (slug && !found) throw invalidField('/section', `must be a section of this newsroom, and ${slug} is none`);
}

/** The article as it now is, what the caller may do with it next, and the ETag that the next change has to name. */
export function articleReply(status: 200 | 201, copy: WorkingCopy, caller: Caller, wrap = asItIs): Reply {
  return json(status, wrap(editorialArticle(copy, caller, fourEyes())), {
    etag: `"${copy.version}"`,
    ...(status === 201 ? { location: `/editorial/v1/articles/${copy.id}` } : {}),
  });
}

const asItIs = (article: EditorialArticle): unknown => article;

/** The copy as this caller may read it: a killed story is nobody's business but an admin's. Throws `forbidden`. */
export function assertReadable<Copy extends Pick<WorkingCopy, 'stage'>>(copy: Copy, { role }: Caller): Copy {
  if (copy.stage === 'killed' && !allows('admin', role))
    throw new AppError('forbidden', 'The article was killed: its copy and history are for admins.');
  return copy;
}
