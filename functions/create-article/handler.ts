// Trigger: POST /editorial/v1/articles.
// Effect: a draft, its first revision and a line of history in the editorial table, in one transaction.
// Follows: nothing; a draft is nobody's business but the desk's.
import { createArticle } from '../../contract/routes/create-article.ts';
import { newArticle } from '../../domain/article/article.ts';
import { createCopy } from '../../domain/article/edit.ts';
import { saveDecision } from '../../store/save-decision.ts';
import { articleReply, assertSection, editorialDatabase, newArticleId } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { publicationSettings } from '../_shared/environment.ts';
import { idempotently } from '../_shared/idempotent.ts';

export const handler = endpoint(createArticle, async (request) => {
  const database = editorialDatabase(request);
  return await idempotently(request, database, async (remember) => {
    const { body, caller, now } = request;
    await assertSection(database, body.section);
    const article = newArticle(body, publicationSettings().language);
    const decision = createCopy({ id: newArticleId(now), article, action: 'create', caller, now });
    const reply = articleReply(201, decision.copy, caller);
    await saveDecision(database, decision, remember(reply));
    return reply;
  });
});
