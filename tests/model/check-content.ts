import { isCount } from './counts.ts';
import { difference, itemsUnder, keyProblems, tell } from './differences.ts';
import { type Expected, expectedContent } from './expected-content.ts';
import type { Article, World } from './model.ts';
import type { Item, Table, Tables } from './tables.ts';
import { readable, tokensIn } from './words.ts';

/** What was found to be as expected and has not changed since need not be compared again. */
const found = new Map<string, string>();

export const forgetFound = (): void => found.clear();

const byKey = (one: Item, other: Item): number => (one.key < other.key ? -1 : 1);

/** Everything that is wrong with what the public may see. */
export function contentProblems(world: World, { content, editorial }: Tables): string[] {
  const changes = itemsUnder(content, ({ pk }) => pk.startsWith('CHANGES#')).sort(byKey);
  const counts = itemsUnder(content, isCount);
  const expected = expectedContent(world);
  const keys = [...expected.keys(), ...[...changes, ...counts].map(({ key }) => key)];
  return [
    ...keyProblems('content table', keys, content.keys()),
    ...[...expected].flatMap(([key, item]) => itemProblems(key, item, content.get(key))),
    ...changeProblems(world, changes, editorial),
    ...leaks(world, content),
  ];
}

function itemProblems(key: string, expected: Expected, item: Item | undefined): string[] {
  if (!item) return [];
  const seen = `${JSON.stringify(expected)}${item.raw}`;
  if (found.get(key) === seen) return [];
  const wrong = difference(expected.says, item.fields);
  if (wrong) return [`${key}: ${wrong}`];
  if (expected.tokens.join() !== item.tokens.join())
    return [
      `${key} holds the texts ${readable(item.tokens.join(' '))} and should hold ${readable(expected.tokens.join(' '))}`,
    ];
  found.set(key, seen);
  return [];
}

/** Each publication, withdrawal and kill once, in the order in which they were committed, and never a text. */
function changeProblems({ changes }: World, items: readonly Item[], editorial: Table): string[] {
  if (items.length !== changes.length)
    return [`the change log has ${items.length} lines and should have ${changes.length}`];
  return changes.flatMap(({ article, slug, kind, seq, line }, index) => {
    const item = items[index];
    const isForgotten = article.purged && article.publication === null;
    const says = { articleId: article.id, slug: isForgotten ? undefined : slug, kind, seq };
    const wrong = difference(says, item?.fields);
    if (wrong) return [`the change log’s line ${index + 1}: ${wrong}`];
    if (item?.tokens.length) return [`the change log’s line ${index + 1} holds ${tell(item.tokens)}`];
    const version = editorial.get(`ARTICLE#${article.id} LOG#${item?.sk}`)?.fields.version;
    return version === line + 1 ? [] : [`the change log’s line ${index + 1} has not the id of its line of history`];
  });
}

/** Said once more, and by other means: of whose text readers may have any, and of which. */
function leaks(world: World, content: Table): string[] {
  const there = new Map<string, Item>();
  for (const item of content.values()) for (const token of item.tokens) if (!there.has(token)) there.set(token, item);
  return world.articles.flatMap((article) => {
    const others = alsoWrittenBy(world, article);
    const leaked = forbiddenTokens(world, article).filter((token) => there.has(token) && !others.has(token));
    return leaked.map((token) => `${there.get(token)?.key} gives ${readable(token)} of ${article.name} away`);
  });
}

/** A request that is repeated when its answer is forgotten makes another article of the same words. */
export function alsoWrittenBy({ articles }: World, article: Article): ReadonlySet<string> {
  const words = new Set(tokensIn(JSON.stringify(article.revisions[0])));
  const shares = (content: unknown) => tokensIn(JSON.stringify(content)).some((token) => words.has(token));
  const twins = articles.filter((other) => other !== article && shares(other.revisions[0]));
  return new Set(tokensIn(JSON.stringify(twins.map(({ revisions }) => revisions))));
}

function forbiddenTokens({ sweeps }: World, article: Article): string[] {
  const { revisions, publication } = article;
  const written = tokensIn(JSON.stringify(revisions));
  const isSwept = publication?.state === 'killed' && !sweeps.has(`story ${article.id}`);
  const isOver = article.purged || isSwept;
  const wasPublic = isOver ? [] : article.versions.flatMap(({ said }) => (said ? [said.shown.content] : []));
  const corrected = isOver ? [] : (publication?.corrections ?? []).flatMap(({ from, to }) => [from, to]);
  const open = [...wasPublic, ...corrected.map((revision) => revisions[revision - 1])].map((content) => ({
    ...content,
    internalNote: null,
  }));
  const allowed = new Set(tokensIn(JSON.stringify([open, publication?.kill])));
  return written.filter((token) => !allowed.has(token));
}
