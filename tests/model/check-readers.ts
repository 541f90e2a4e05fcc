import type { Answer } from '../support/desk.ts';
import { iso } from './clock.ts';
import { difference } from './differences.ts';
import { type Article, isLive } from './model.ts';
import type { Newsroom } from './newsroom.ts';
import { standingAt } from './standing.ts';
import { tokensIn } from './words.ts';

/** What readers get at each address that is or was the article’s. */
export async function addressProblems({ call }: Newsroom, article: Article): Promise<string[]> {
  const problems: string[] = [];
  for (const slug of article.slugs)
    problems.push(...answerProblems(article, slug, await call('getPublishedArticle', { path: { slug } })));
  return problems;
}

function answerProblems(article: Article, slug: string, answer: Answer): string[] {
  const { publication, name } = article;
  const { status, headers, body, json } = answer;
  const standing = standingAt(article, slug);
  const wrong: (string | undefined)[] = [];
  const expect = (expected: unknown, found: unknown, what: string) =>
    wrong.push(difference(expected, found, `${what} of ${name} at ${slug}`));
  if (publication && standing.status === 200) {
    const { shown, notes } = publication;
    expect(200, status, 'the status');
    expect(tokensIn(JSON.stringify([{ ...shown.content, internalNote: null }, notes])), tokensIn(body), 'the text');
  } else if (publication?.kill && standing.status === 410) {
    const { notice, headline } = publication.kill;
    expect(410, status, 'the status');
    expect({ notice, headline }, json, 'the notice');
    expect(tokensIn(JSON.stringify([notice, headline])), tokensIn(body), 'the text');
  } else {
    expect(standing.status, status, 'the status');
    const location = standing.status === 301 ? `/content/v1/articles/${standing.slug}` : undefined;
    expect(location, headers.location, 'the location');
    expect([], tokensIn(body), 'the text');
  }
  return wrong.filter((problem) => problem !== undefined);
}

/** The listings of all stories and of each section, in the order of their places. */
export async function listingProblems(newsroom: Newsroom): Promise<string[]> {
  const live = newsroom.world.articles.filter(isLive);
  const wrong = [await listingProblem(newsroom, undefined, live)];
  for (const { slug, mergedInto } of newsroom.world.sections.values()) {
    const here = live.filter(({ publication }) => publication?.shown.section.slug === slug);
    wrong.push(
      mergedInto ? await movedProblem(newsroom, slug, mergedInto) : await listingProblem(newsroom, slug, here),
    );
  }
  return wrong.filter((problem) => problem !== undefined);
}

const listed = (section: string | undefined) => ({ query: `limit=100${section ? `&section=${section}` : ''}` });

async function listingProblem({ call }: Newsroom, section: string | undefined, stories: readonly Article[]) {
  const place = ({ id, publication }: Article) => `${iso(publication?.sortAt ?? 0)}#${id}`;
  const inOrder = stories.toSorted((one, other) => (place(one) < place(other) ? 1 : -1));
  const { json } = await call('listPublishedArticles', listed(section));
  const found = json.items?.map(({ id }: { id: string }) => id);
  return difference(
    inOrder.map(({ id }) => id),
    found,
    `the listing of ${section ?? 'all'}`,
  );
}

async function movedProblem({ call }: Newsroom, section: string, into: string): Promise<string | undefined> {
  const { status, headers } = await call('listPublishedArticles', listed(section));
  const leads = new URLSearchParams(headers.location?.split('?')[1]).get('section');
  return difference([301, into], [status, leads], `the listing of ${section}`);
}
