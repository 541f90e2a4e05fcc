// Trigger: PATCH /editorial/v1/articles/{articleId} and POST …/revisions/{revision}/revert.
// Effect: the next version of the working copy, a new revision and a line of history, in one transaction.
// Follows: nothing; what the public sees stays until the next publication.
import { revertArticle } from '../../contract/routes/revert-article.ts';
import { updateArticle } from '../../contract/routes/update-article.ts';
import { revertCopy, updateCopy } from '../../domain/article/edit.ts';
import { getRevision } from '../../store/revisions.ts';
import { saveDecision } from '../../store/save-decision.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, assertSection, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';

const update = endpoint(updateArticle, async (request) => {
  const { path, body: patch, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const copy = await getWorkingCopy(database, path.articleId);
  const decision = updateCopy(copy, { patch, basedOn, caller, now });
  if (!decision) return articleReply(200, copy, caller);
  if (patch.section !== copy.article.section) await assertSection(database, patch.section);
  await saveDecision(database, decision);
  return articleReply(200, decision.copy, caller);
});

const revert = endpoint(revertArticle, async (request) => {
  const { path, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const copy = await getWorkingCopy(database, path.articleId);
  const { revision, article } = await getRevision(database, path.articleId, path.revision);
  const decision = revertCopy(copy, { revision, article, basedOn, caller, now });
  if (!decision) return articleReply(200, copy, caller);
  await saveDecision(database, decision);
  return articleReply(200, decision.copy, caller);
});

export const handler = oneOf(update, revert);
