// Trigger: POST /editorial/v1/articles/{articleId}/purge.
// Effect: the article's text is deleted from both tables, revisions included; the history keeps that it happened.
// Follows: run-due, if this does not come to its end.
import { purgeArticle } from '../../contract/routes/purge-article.ts';
import { decidePurge } from '../../domain/article/take-down.ts';
import { actorOf } from '../../domain/article/working-copy.ts';
import { beginPurge, endPurge } from '../../store/purge.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { editorialDatabase } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { explain, log } from '../_shared/log.ts';
import { json } from '../_shared/request.ts';

export const handler = endpoint(purgeArticle, async (request) => {
  const { path, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const decision = decidePurge(await getWorkingCopy(database, path.articleId), { basedOn, caller, now });
  await beginPurge(database, decision);
  // It is begun, and due: what this doesn't manage, the clock does.
  await endPurge(database, path.articleId).catch((error: unknown) =>
    log('warn', 'purge goes on with the clock', { articleId: path.articleId, error: explain(error) }),
  );
  return json(200, { id: path.articleId, purgedAt: now.toISOString(), purgedBy: actorOf(caller) });
});
