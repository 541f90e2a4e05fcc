import { AppError } from '../contract/errors.ts';
import { cursorAt, positionOf } from './cursor.ts';
import { articlePartition, versionPrefix } from './keys.ts';
import { missing, type PublishedStore, textIn } from './published.ts';
import type { Item } from './reader.ts';

/** What was public of an article from `at` on. `id` is opaque, and good for this article alone. */
export type ServedVersion = {
  id: string;
  at: string;
  kind: string;
  slug: string;
  etag: string;
  lastModified: string;
  language: string;
  gzippedBase64: string;
};

type Place = PublishedStore & { articleId: string };

/**
 * A page of the versions, the latest first, each with when it ended, which is null while it is public. One Query; a page also
 * ends at a megabyte, so that it may be short. Throws `invalid_request` for a bad cursor.
 */
export async function listVersions(
  place: Place,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<{ versions: (ServedVersion & { until: string | null })[]; nextCursor: string | null }> {
  const name = `versions ${place.articleId}`;
  const after = cursor === undefined ? undefined : positionOf(name, cursor);
  const { items, hasMore } = await versionsBefore(place, after, limit + 1);
  const page = items.slice(0, limit);
  let until = after === undefined ? null : timeOf(after);
  const versions = page.flatMap((item) => {
    const version = isText(item) ? [{ ...versionFrom(place.articleId, item), until }] : [];
    until = timeOf(sortKeyOf(item));
    return version;
  });
  const last = items.length > limit || hasMore ? page.at(-1) : undefined;
  return { versions, nextCursor: last ? cursorAt(name, sortKeyOf(last)) : null };
}

/** The version with this id. One GetItem. Throws `not_found`. */
export async function getVersion(place: Place, id: string): Promise<ServedVersion> {
  const { reader, table, deadline, articleId } = place;
  const key = { pk: articlePartition(articleId), sk: sortKeyIn(articleId, id) };
  const item = await reader.getItem({ table, key, deadline });
  if (!item || !isText(item)) throw noVersion();
  return versionFrom(articleId, item);
}

/** What was public before this version, whatever there was in between. Undefined before the first. */
export async function getVersionBefore(place: Place, id: string): Promise<ServedVersion | undefined> {
  // Between two versions there may be the end of one.
  const { items } = await versionsBefore(place, sortKeyIn(place.articleId, id), 2);
  const before = items.find(isText);
  return before && versionFrom(place.articleId, before);
}

/** What was public at an instant; undefined when nothing was. One Query. */
export async function getVersionAt(place: Place, at: string): Promise<ServedVersion | undefined> {
  // After whatever else begins with this instant.
  const { items } = await versionsBefore(place, `${versionPrefix}${at}~`, 1);
  const [item] = items;
  return item && isText(item) ? versionFrom(place.articleId, item) : undefined;
}

async function versionsBefore({ reader, table, deadline, articleId }: Place, after: string | undefined, limit: number) {
  const partition = articlePartition(articleId);
  const { items, hasMore } = await reader.query({ table, partition, after, limit, deadline });
  // Below its versions lies what else there is of an article.
  const versions = items.filter((item) => sortKeyOf(item).startsWith(versionPrefix));
  return { items: versions, hasMore: hasMore && versions.length === items.length };
}

/** Rather than the end of one, or one whose text was deleted. */
const isText = (item: Item): boolean => item.gz !== undefined;
const sortKeyOf = (item: Item): string => item.sk?.S ?? missing('sk');
const timeOf = (sortKey: string): string => sortKey.slice(versionPrefix.length).split('#')[0] ?? '';
const nameOf = (articleId: string): string => `version ${articleId}`;

function versionFrom(articleId: string, item: Item): ServedVersion {
  return {
    id: cursorAt(nameOf(articleId), sortKeyOf(item)),
    at: timeOf(sortKeyOf(item)),
    kind: textIn(item, 'kind'),
    slug: textIn(item, 'slug'),
    etag: textIn(item, 'etag'),
    lastModified: textIn(item, 'lastModified'),
    language: textIn(item, 'language'),
    gzippedBase64: item.gz?.B ?? missing('gz'),
  };
}

function sortKeyIn(articleId: string, id: string): string {
  try {
    return positionOf(nameOf(articleId), id);
  } catch {
    throw noVersion();
  }
}

function noVersion(): AppError {
  return new AppError('not_found', 'The story has no such version. Take the id of one from the list of its versions.');
}
