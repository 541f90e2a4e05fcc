// Trigger: PATCH /editorial/v1/articles/{articleId}.
// Effect: the next version of the working copy, a new revision and a line of history, in one transaction.
// Follows: nothing; what the public sees stays until the next publication.
import { updateArticle } from '../../contract/routes/update-article.ts';
import { updateCopy } from '../../domain/article/edit.ts';
import { saveRevision } from '../../store/save-revision.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, assertSection, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';

export const handler = endpoint(updateArticle, async (request) => {
  const { path, body: patch, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const copy = await getWorkingCopy(database, path.articleId);
  const decision = updateCopy(copy, { patch, basedOn, caller, now });
  if (!decision) return articleReply(200, copy);
  if (patch.section !== copy.article.section) await assertSection(database, patch.section);
  await saveRevision(database, decision);
  return articleReply(200, decision.copy);
});
