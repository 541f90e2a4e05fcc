// Trigger: POST and GET /editorial/v1/articles/{articleId}/preview-links, DELETE of one of them.
// Effect: a link shows the working copy to whoever holds it, or does so no more. The article stays as it is.
// Follows: get-preview, when somebody opens it; after its time DynamoDB deletes what was kept of it.
import { randomBytes } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import { previewPath } from '../../contract/preview-path.ts';
import { createPreviewLink } from '../../contract/routes/create-preview-link.ts';
import { listPreviewLinks } from '../../contract/routes/list-preview-links.ts';
import { revokePreviewLink } from '../../contract/routes/revoke-preview-link.ts';
import type { NewPreviewLink } from '../../contract/schemas/preview.ts';
import type { Caller, WorkingCopy } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import * as links from '../../store/preview-links.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { assertReadable, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { optionalSetting } from '../_shared/environment.ts';
import { json } from '../_shared/request.ts';

/** Bytes of a token: nobody guesses it, however often they try. */
const tokenBytes = 32;

const create = endpoint(createPreviewLink, async (request) => {
  const { path, body, caller, origin } = request;
  const database = editorialDatabase(request);
  assertShowable(await readableCopy(database, path, caller));
  const token = randomBytes(tokenBytes).toString('base64url');
  const link = await links.addPreviewLink(database, path.articleId, { token, by: caller, minutes: body.minutes });
  const answer: NewPreviewLink = { ...link, url: `${optionalSetting('previewUrl') ?? origin}${previewPath(token)}` };
  const location = revokePreviewLink.path.replace('{articleId}', path.articleId).replace('{linkId}', link.id);
  return json(201, answer, { location });
});

const list = endpoint(listPreviewLinks, async (request) => {
  const { path, caller } = request;
  const database = editorialDatabase(request);
  await readableCopy(database, path, caller);
  return json(200, { items: await links.listPreviewLinks(database, path.articleId) });
});

const revoke = endpoint(revokePreviewLink, async (request) => {
  const { path, caller } = request;
  const database = editorialDatabase(request);
  await readableCopy(database, path, caller);
  return json(200, await links.removePreviewLink(database, path.articleId, path.linkId));
});

export const handler = oneOf(create, list, revoke);

async function readableCopy(
  database: Database,
  { articleId }: { articleId: string },
  caller: Caller,
): Promise<WorkingCopy> {
  return assertReadable(await getWorkingCopy(database, articleId), caller);
}

/** Throws `not_allowed` for a story of which no link would show anything. */
function assertShowable({ stage }: WorkingCopy): void {
  if (stage === 'killed') throw new AppError('not_allowed', 'The article was killed: nobody is shown it any more.');
  if (stage === 'trashed')
    throw new AppError('not_allowed', 'The article is in the trash. Restore it before you show it to somebody.');
}
