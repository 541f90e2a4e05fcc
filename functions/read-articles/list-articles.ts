import { foldedName } from '../../contract/listed-name.ts';
import { allows } from '../../contract/roles.ts';
import { listArticles } from '../../contract/routes/list-articles.ts';
import type { EditorialSummary } from '../../contract/schemas/editorial-article.ts';
import type { Caller } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { listWorkingCopies } from '../../store/desk-lists.ts';
import { listSections } from '../../store/sections.ts';
import { editorialDatabase } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { nextLink } from '../_shared/next-link.ts';
import { json, type Request } from '../_shared/request.ts';

type Asked = Request<typeof listArticles>['query'];
type Test = (article: EditorialSummary) => boolean;

export const listEndpoint = endpoint(listArticles, async (request) => {
  const { query, caller } = request;
  const { limit, cursor, ...asked } = query;
  const database = editorialDatabase(request);
  const page = await listWorkingCopies(database, {
    stage: asked.stage,
    publication: asked.publication,
    changedSince: asked.changedSince,
    // A killed story is nobody's business but an admin's.
    shows: ({ stage }) => stage !== 'killed' || allows('admin', caller.role),
    matches: await testOf(database, asked, caller),
    // What is mine is not another's, and neither is a place in it.
    name: JSON.stringify({ ...asked, ...(asked.mine ? { mine: caller.sub } : {}) }),
    limit,
    cursor,
  });
  const link = { ...asked, mine: asked.mine === undefined ? undefined : String(asked.mine) };
  return json(200, page, nextLink(listArticles.path, { ...link, limit, cursor: page.nextCursor }));
});

/** What is looked for, article by article; undefined where the indexes give just what was asked for. */
async function testOf(
  database: Database,
  asked: Omit<Asked, 'limit' | 'cursor'>,
  caller: Caller,
): Promise<Test | undefined> {
  const { section, author, tag, dueBefore, mine } = asked;
  const tests: Test[] = [];
  if (section !== undefined) tests.push(isIn(await namesOf(database, section)));
  if (author !== undefined) tests.push(({ authors }) => authors.some(({ name }) => sameName(name, author)));
  if (tag !== undefined) tests.push(({ tags }) => tags.some((name) => sameName(name, tag)));
  if (dueBefore !== undefined) tests.push((article) => isDue(article, dueBefore));
  if (mine) tests.push(({ createdBy, updatedBy }) => [createdBy.sub, updatedBy.sub].includes(caller.sub));
  return tests.length === 0 ? undefined : (article) => tests.every((test) => test(article));
}

const sameName = (name: string, asked: string): boolean => foldedName(name) === foldedName(asked);

const isIn =
  (names: ReadonlySet<string>): Test =>
  ({ section }) =>
    section !== null && names.has(section);

const isDue = ({ schedule }: EditorialSummary, before: string): boolean =>
  [schedule?.publishAt, schedule?.unpublishAt].some((at) => at != null && at < before);

/** The section's slug and those of all that were merged into it. */
async function namesOf(database: Database, slug: string): Promise<ReadonlySet<string>> {
  const sections = await listSections(database);
  const names = new Set([slug]);
  // In a taxonomy of tens, as often as there are sections is often enough for the longest trail.
  for (const _ of sections)
    for (const section of sections) if (section.mergedInto && names.has(section.mergedInto)) names.add(section.slug);
  return names;
}
