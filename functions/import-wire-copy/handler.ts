// Trigger: POST /editorial/v1/articles/import.
// Effect: a draft of an agency's text, its first revision and a line of history, in one transaction.
// Follows: nothing; an editor decides what becomes of it.
import { importWireCopy } from '../../contract/routes/import-wire-copy.ts';
import { createCopy } from '../../domain/article/edit.ts';
import { articleFromWireCopy } from '../../domain/article/from-wire-copy.ts';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';
import { saveDecision } from '../../store/save-decision.ts';
import { listSections } from '../../store/sections.ts';
import { articleReply, editorialDatabase, newArticleId } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { publicationSettings } from '../_shared/environment.ts';
import { idempotently } from '../_shared/idempotent.ts';

export const handler = endpoint(importWireCopy, async (request) => {
  const database = editorialDatabase(request);
  return await idempotently(request, database, async (remember) => {
    const { body, query, caller, now } = request;
    const { language, timeZone } = publicationSettings();
    const sections = (await listSections(database)).filter(({ mergedInto }) => mergedInto === null);
    const today = calendarDateIn(timeZone, now);
    const copy = parseWireCopy(body, { today, sections, ...(query.year === undefined ? {} : { year: query.year }) });
    const article = articleFromWireCopy(copy, language);
    const decision = createCopy({ id: newArticleId(now), article, action: 'import', caller, now });
    const { related, dropped, warnings } = copy;
    const reply = articleReply(201, decision.copy, caller, (article) => ({ article, related, dropped, warnings }));
    await saveDecision(database, decision, remember(reply));
    return reply;
  });
});

/** The date on the newsroom's calendar, `2022-01-06`: a dateline of today must not be taken for last year's. */
function calendarDateIn(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}
