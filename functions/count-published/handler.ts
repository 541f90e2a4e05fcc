// Trigger: the content table's stream, after what is public of a story changed.
// Effect: the counts of its section, its topics and its day are right about it, however often and in whatever order it comes.
// Follows: nothing.
import { countArticle } from '../../store/count-article.ts';
import { editorialDatabase } from '../_shared/editorial.ts';
import { reaction } from '../_shared/reaction.ts';

export const handler = reaction('count-published', async ({ events, deadline }) => {
  const database = editorialDatabase({ deadline });
  let changed = 0;
  for (const articleId of new Set(events.map((event) => event.articleId)))
    if (await countArticle(database, articleId)) changed += 1;
  return changed === 0 ? { drop: 'everything was counted already' } : { done: `counted ${changed} anew` };
});
