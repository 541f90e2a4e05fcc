import { contentProblems } from './check-content.ts';
import { deskProblems } from './check-desk.ts';
import { clock, iso } from './clock.ts';
import { difference } from './differences.ts';
import { type Article, contentOf, isLive, lockHeldBy, revisionOf, sectionOf, type World } from './model.ts';
import type { Newsroom } from './newsroom.ts';
import { allowedTo } from './rules.ts';
import { type Person, people, readable, slugOfHeadline, tokensIn } from './words.ts';

/** Everything that is wrong with what lies in the tables. */
export function checkTables({ world, tables, revisions }: Newsroom): string[] {
  return [...deskProblems(world, tables, revisions), ...contentProblems(world, tables), ...settled(world)];
}

/** An article as somebody at the desk and readers get it. */
export async function checkReading(newsroom: Newsroom, article: Article | undefined, who: Person): Promise<string[]> {
  if (!article) return [];
  return [...(await readingProblems(newsroom, article, who)), ...(await addressProblems(newsroom, article))];
}

/** The last look at a sequence: every article as everybody sees it, and the listings. */
export async function checkAll(newsroom: Newsroom): Promise<string[]> {
  const problems: string[] = [];
  for (const article of newsroom.world.articles) {
    problems.push(...(await addressProblems(newsroom, article)), ...(await historyProblems(newsroom, article)));
    for (const who of people) problems.push(...(await readingProblems(newsroom, article, who)));
  }
  return [...problems, ...(await listingProblems(newsroom))];
}

/** Once the rounds are made, readers see today’s taxonomy and nobody points at a killed story. */
function settled(world: World): string[] {
  const waiting = [...world.sweeps.keys()];
  return world.articles.flatMap((article) => {
    const shown = isLive(article) ? article.publication?.shown : undefined;
    if (!shown) return [];
    const killed = world.articles.filter(
      (other) => other.publication?.state === 'killed' && !waiting.includes(`killed ${other.id}`),
    );
    const stillThere = killed.filter(({ id }) => shown.related.includes(id));
    const section = waiting.some((about) => about.startsWith('section '))
      ? undefined
      : difference(
          sectionOf(world, shown.content.section),
          shown.section,
          `the section of ${article.name} for readers`,
        );
    return [
      ...stillThere.map(({ name }) => `${article.name} still points at ${name}, which was killed`),
      ...(section ? [section] : []),
    ];
  });
}

/** The article as somebody gets it at the desk, with what they may do. */
async function readingProblems({ call, world }: Newsroom, article: Article, who: Person): Promise<string[]> {
  const { id, name, stage, version, plan, endAt, publication, purged } = article;
  const { status, json, headers } = await call('getArticle', { ...caller(who), path: { articleId: id } });
  const expected = purged ? 410 : stage === 'killed' && who.role !== 'admin' ? 403 : 200;
  const told = (problem: string) => `${name}, as ${who.name} (${who.role}) gets it: ${problem}`;
  if (status !== expected) return [told(`answered ${status} and should be ${expected}`)];
  if (status !== 200) return tokensIn(JSON.stringify(json)).map((token) => told(`gives ${readable(token)} away`));
  const content = contentOf(article);
  const holder = lockHeldBy(article, clock.now());
  const says = {
    stage,
    version,
    revision: revisionOf(article),
    headline: content.headline,
    slug: content.slug ?? publication?.slug ?? plan?.slug ?? (slugOfHeadline(content.headline) || null),
    publication: publication && { state: publication.state, slug: publication.slug, revision: publication.revision },
    hasUnpublishedChanges: isLive(article) && publication?.revision !== revisionOf(article),
    schedule:
      plan || endAt !== null
        ? { publishAt: plan ? iso(plan.publishAt) : null, unpublishAt: endAt === null ? null : iso(endAt) }
        : null,
    lock: holder === null ? null : { by: { sub: holder } },
    allowedActions: allowedTo(world, article, who),
  };
  return [difference(says, json), difference(`"${version}"`, headers.etag, 'ETag')].flatMap((problem) =>
    problem === undefined ? [] : [told(problem)],
  );
}

const caller = ({ name, role }: Person) => ({ name, role });

/** What readers get at each address that is or was the article’s. */
async function addressProblems({ call }: Newsroom, article: Article): Promise<string[]> {
  const { slugs, publication, redirects, name } = article;
  const problems: string[] = [];
  for (const slug of slugs) {
    const { status, headers, body, json } = await call('getPublishedArticle', { path: { slug } });
    const state = publication?.state;
    const isShown = state === 'live' || state === 'killed';
    const here = state === 'killed' ? 410 : 200;
    const expected = isShown && slug === publication?.slug ? here : isShown && redirects.has(slug) ? 301 : 404;
    if (status !== expected) problems.push(`readers of ${name} at ${slug} are answered ${status} and not ${expected}`);
    if (status === 301 && headers.location !== `/content/v1/articles/${publication?.slug}`)
      problems.push(`${slug} leads to ${headers.location} and not to ${publication?.slug}`);
    const { shown, notes, kill } = publication ?? {};
    const open = { ...shown?.content, internalNote: null };
    const texts = status === 200 ? [open, notes] : status === 410 ? [kill?.notice, kill?.headline] : [];
    const wrong = difference(tokensIn(JSON.stringify(texts)), tokensIn(body), `what readers get at ${slug}`);
    if (wrong) problems.push(wrong);
    const killed =
      status === 410 ? difference({ notice: kill?.notice, headline: kill?.headline }, json, slug) : undefined;
    if (killed) problems.push(killed);
  }
  return problems;
}

/** Of a purged article the history is left, for everybody at the desk; of a killed one it is for admins. */
async function historyProblems({ call }: Newsroom, article: Article): Promise<string[]> {
  const { id, name, history, stage } = article;
  const query = 'limit=100';
  const problems: string[] = [];
  for (const who of [people[4] as Person, people[2] as Person]) {
    const { status, json } = await call('getHistory', { ...caller(who), path: { articleId: id }, query });
    const isHidden = stage === 'killed' && who.role !== 'admin';
    const told = isHidden ? [403] : [200, ...history.map(({ action }) => action).reverse()];
    const found = [status, ...(json.items ?? []).map(({ action }: { action: string }) => action)];
    const wrong = difference(told, found, `the history of ${name}, as ${who.name} gets it,`);
    if (wrong) problems.push(wrong);
  }
  return problems;
}

/** The listings of all and of each section, in the order of the places, and the desk’s own. */
async function listingProblems({ call, world }: Newsroom): Promise<string[]> {
  const live = world.articles.filter(isLive);
  const place = ({ id, publication }: Article) => `${iso(publication?.sortAt ?? 0)}#${id}`;
  const inOrder = (articles: Article[]) =>
    articles.toSorted((one, other) => (place(one) < place(other) ? 1 : -1)).map(({ id }) => id);
  const problems: (string | undefined)[] = [];
  const ids = (json: { items: { id: string }[] }) => json.items.map(({ id }) => id);
  const latest = await call('listPublishedArticles', { query: 'limit=100' });
  problems.push(difference(inOrder(live), ids(latest.json), 'the listing of all'));
  for (const { slug, mergedInto } of world.sections.values()) {
    const { status, json, headers } = await call('listPublishedArticles', { query: `section=${slug}&limit=100` });
    const here = live.filter(({ publication }) => publication?.shown.section.slug === slug);
    const expected = mergedInto ? [301] : [200, ...inOrder(here)];
    problems.push(difference(expected, status === 301 ? [301] : [status, ...ids(json)], `the listing of ${slug}`));
    if (mergedInto && !headers.location?.includes(`section=${mergedInto}`))
      problems.push(`the listing of ${slug} leads to ${headers.location}`);
  }
  for (const who of people.slice(1, 3)) {
    const { json } = await call('listArticles', { ...caller(who), query: 'limit=100' });
    const open = world.articles.filter(({ stage, purged }) => !purged && (stage !== 'killed' || who.role === 'admin'));
    problems.push(difference(open.map(({ id }) => id).sort(), ids(json).sort(), `the desk’s list for ${who.name}`));
  }
  return problems.filter((problem) => problem !== undefined);
}
