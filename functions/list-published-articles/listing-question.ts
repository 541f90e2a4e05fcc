import { AppError, invalidField } from '../../contract/errors.ts';
import { foldedName, isListable } from '../../contract/listed-name.ts';
import type { listCorrections } from '../../contract/routes/list-corrections.ts';
import type { listPublishedArticles } from '../../contract/routes/list-published-articles.ts';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import type { ListingQuestion } from '../../store/listings.ts';
import type { Request } from '../_shared/request.ts';

type Query = Request<typeof listPublishedArticles>['query'];
type CorrectionQuery = Request<typeof listCorrections>['query'];

/** What a listing is kept for, the narrowest first: of two, the first is read, and the other looked for in it. */
const dimensions = ['person', 'tag', 'place', 'author', 'topic', 'section'] as const;
type Dimension = (typeof dimensions)[number];

/** Throws `invalid_request` for ids with something else, a limit that was asked for included. */
export function assertIdsAlone({
  query,
  search,
}: Pick<Request<typeof listPublishedArticles>, 'query' | 'search'>): void {
  if (query.ids === undefined) return;
  const beside = [...new URLSearchParams(search).keys()].find((name) => name !== 'ids' && name !== 'fields');
  if (beside) throw invalidField(`?${beside}`, 'can’t stand beside ids, which name the stories themselves');
}

/** Throws `invalid_request` for a range that ends before it begins. */
export function assertRange({ from, to }: { from: string | undefined; to: string | undefined }): void {
  if (from !== undefined && to !== undefined && from >= to)
    throw invalidField('?to', `must be after from, ${from}; it is ${to}`);
}

/** Where the stories are found that were asked for. Throws `invalid_request` for more than two dimensions. */
export function listingQuestion(query: Query): ListingQuestion {
  const { language, from, to, limit, cursor } = query;
  const asked = dimensions.filter((dimension) => query[dimension] !== undefined);
  if (asked.length > 2) throw tooMany(asked);
  const [first, second] = asked;
  // Rows name their section; what else a story is listed under is known by its other listings alone.
  const isInRow = second === 'section';
  const listing = first === undefined ? 'latest' : listingOf(query, first);
  return {
    listing,
    within: second === undefined || isInRow ? undefined : listingOf(query, second),
    matches: rowFilter({ section: isInRow ? query.section : undefined, language }),
    from,
    to,
    name: nameOf(listing, { within: second && listingOf(query, second), language, from, to }),
    limit,
    cursor,
  };
}

export function correctionQuestion({ section, language, from, to, limit, cursor }: CorrectionQuery): ListingQuestion {
  const name = nameOf('corrections', { section, language, from, to });
  return { listing: 'corrections', matches: rowFilter({ section, language }), from, to, name, limit, cursor };
}

function tooMany(asked: readonly Dimension[]): AppError {
  const detail = `is one of ${asked.length}, and at most two of these can be asked for together`;
  const fields = asked.map((dimension) => ({ pointer: `?${dimension}`, detail }));
  return new AppError('invalid_request', `?${asked.join(', ?')}: at most two of these can be asked for together`, {
    fields,
  });
}

function listingOf(query: Query, dimension: Dimension): string {
  const value = query[dimension] ?? '';
  const isSpelled = dimension === 'section' || dimension === 'topic';
  // Nothing is listed under a name that no key has room for, and nothing under none.
  return `${dimension}#${isSpelled ? value : isListable(value) ? foldedName(value) : ''}`;
}

/** What a cursor is good for. Of a listing alone it is the listing’s own name. */
function nameOf(listing: string, others: Record<string, string | undefined>): string {
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  return given.length === 0 ? listing : JSON.stringify([listing, ...given]);
}

function rowFilter({ section, language }: { section: string | undefined; language: string | undefined }) {
  if (section === undefined && language === undefined) return undefined;
  return (row: string): boolean => {
    const story = JSON.parse(row) as Pick<PublishedSummary, 'section' | 'language'>;
    return (section === undefined || story.section.slug === section) && speaks(story.language, language);
  };
}

/** RFC 4647 §3.3.1: `en` finds `en` and `en-GB`. */
function speaks(language: string, range: string | undefined): boolean {
  if (range === undefined) return true;
  const [tag, wanted] = [language.toLowerCase(), range.toLowerCase()];
  return tag === wanted || tag.startsWith(`${wanted}-`);
}
