import { clock, iso } from './clock.ts';
import { difference } from './differences.ts';
import { type Article, contentOf, isLive, lockHeldBy, revisionOf } from './model.ts';
import type { Newsroom } from './newsroom.ts';
import { allowedTo } from './rules.ts';
import { type Person, people, readable, slugOfHeadline, tokensIn } from './words.ts';

/** The article as somebody gets it at the desk, with what they may do. */
export async function readingProblems({ call, world }: Newsroom, article: Article, who: Person): Promise<string[]> {
  const { id, name, stage, version, purged } = article;
  const { status, json, headers } = await call('getArticle', { ...caller(who), path: { articleId: id } });
  const expected = purged ? 410 : stage === 'killed' && who.role !== 'admin' ? 403 : 200;
  const told = (problem: string) => `${name}, as ${who.name} (${who.role}) gets it: ${problem}`;
  if (status !== expected) return [told(`answered ${status} and should be ${expected}`)];
  if (status !== 200) return tokensIn(JSON.stringify(json)).map((token) => told(`gives ${readable(token)} away`));
  const problems = [
    difference({ ...standing(article), allowedActions: allowedTo(world, article, who) }, json),
    difference(`"${version}"`, headers.etag, 'ETag'),
  ];
  return problems.flatMap((problem) => (problem === undefined ? [] : [told(problem)]));
}

/** Where it stands, in the words of the API. */
function standing(article: Article): Record<string, unknown> {
  const { stage, version, publication } = article;
  const { headline } = contentOf(article);
  const holder = lockHeldBy(article, clock.now());
  return {
    stage,
    version,
    revision: revisionOf(article),
    headline,
    slug: slugOf(article),
    publication: publication && { state: publication.state, slug: publication.slug, revision: publication.revision },
    hasUnpublishedChanges: isLive(article) && publication?.revision !== revisionOf(article),
    schedule: scheduleOf(article),
    lock: holder === null ? null : { by: { sub: holder } },
  };
}

function slugOf(article: Article): string | null {
  const { slug, headline } = contentOf(article);
  return slug ?? article.publication?.slug ?? article.plan?.slug ?? (slugOfHeadline(headline) || null);
}

function scheduleOf({ plan, endAt }: Article): object | null {
  if (!plan && endAt === null) return null;
  return { publishAt: plan && iso(plan.publishAt), unpublishAt: endAt === null ? null : iso(endAt) };
}

const caller = ({ name, role }: Person) => ({ name, role });

/** Of a purged article the history is left, for everybody at the desk; of a killed one it is for admins. */
export async function historyProblems({ call }: Newsroom, article: Article): Promise<string[]> {
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

/** The desk’s own list has all that is not purged; what was killed it shows to admins alone. */
export async function deskListProblems({ call, world }: Newsroom): Promise<string[]> {
  const problems: (string | undefined)[] = [];
  for (const who of [people[1] as Person, people[2] as Person]) {
    const { json } = await call('listArticles', { ...caller(who), query: 'limit=100' });
    const open = world.articles.filter(({ stage, purged }) => !purged && (stage !== 'killed' || who.role === 'admin'));
    const found = json.items.map(({ id }: { id: string }) => id).sort();
    problems.push(difference(open.map(({ id }) => id).sort(), found, `the desk’s list for ${who.name}`));
  }
  return problems.filter((problem) => problem !== undefined);
}
