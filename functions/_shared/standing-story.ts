import { AppError } from '../../contract/errors.ts';
import type { Format } from '../../contract/formats.ts';
import type { Route } from '../../contract/route.ts';
import {
  getCurrentSlug,
  getPublicDocument,
  type PublicItem,
  type PublishedStore,
  type Tombstone,
} from '../../store/published.ts';
import { setting } from './environment.ts';
import { problemReply } from './problem.ts';
import type { Reply, Request } from './request.ts';

const noticeCaching = 'public, max-age=10, s-maxage=60';
export const redirectCaching = 'public, max-age=60, s-maxage=60';
const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** As the contract has it; no key of the database has room for the longest that a path has. */
const longestSlug = 120;

/** A request about the story at a slug; `path` has what else its route’s path needs. */
type Asking = {
  route: Pick<Route, 'path'>;
  request: Pick<Request, 'id' | 'search'> & { path: { slug: string } & Record<string, string> };
  store: PublishedStore;
  format?: Format;
};

export type LiveItem = PublicItem & { state: 'live' };

/**
 * Answers about the story at the slug as it stands now: with what `answer` makes of it, 301 to where it went, 410 with the
 * notice if it was killed, 404 if nothing is there.
 */
export async function aboutStory(asking: Asking, answer: (item: LiveItem) => Promise<Reply> | Reply): Promise<Reply> {
  const { slug } = asking.request.path;
  // Nothing can be published under any other form, so there is no need to ask.
  if (slug.length > longestSlug || !slugForm.test(slug)) throw notPublished(slug);
  // Two eventually consistent reads may tell of different moments; what contradicts itself is read once more, for certain.
  const reply = (await replyFor(asking, answer, false)) ?? (await replyFor(asking, answer, true));
  if (!reply) throw notPublished(slug);
  return reply;
}

/** Undefined when the slug redirects to itself: one of the two items is from before a change of slug. */
async function replyFor(
  { route, request, store, format = 'json' }: Asking,
  answer: (item: LiveItem) => Promise<Reply> | Reply,
  consistent: boolean,
): Promise<Reply | undefined> {
  const { slug } = request.path;
  const found = await getPublicDocument(store, slug, consistent);
  if (!found) throw notPublished(slug);
  if (found.state === 'live') return await answer(found);
  if (found.state === 'killed') return await noticeReply(request, found, format);
  const current = await getCurrentSlug(store, found.articleId, consistent);
  if (!current) throw notPublished(slug);
  return current === slug ? undefined : movedReply(route, { ...request.path, slug: current }, request.search);
}

/** Where it is now, for everything that was asked for beside its name. */
export function movedReply({ path }: Pick<Route, 'path'>, names: Record<string, string>, search: string): Reply {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ''));
  // Behind the edge the query has the format of Accept.
  const headers = { location: `${place}${search}`, 'cache-control': redirectCaching, vary: 'Accept' };
  return { status: 301, headers, body: '' };
}

/** In the place of a killed story: what readers are told, kept as long as the story was, and never for longer. */
async function noticeReply({ id }: Pick<Request, 'id'>, killed: Tombstone, format: Format): Promise<Reply> {
  const { notice, killedAt, headline, articleId, version } = killed;
  const reply = problemReply(new AppError('gone', notice), id);
  const headers = { ...reply.headers, 'cache-control': noticeCaching };
  if (format === 'ninjs' && articleId !== undefined && version !== undefined) {
    const { ninjsOfKilled } = await import('../../domain/formats/ninjs.ts');
    const cancelled = { articleId, version, killedAt, notice, headline: headline ?? null };
    const body = ninjsOfKilled(cancelled, { publicationName: setting('publicationName') });
    return { ...reply, headers: { ...headers, 'content-type': 'application/json' }, body };
  }
  const told = { ...JSON.parse(reply.body), notice, killedAt, headline };
  return { ...reply, headers, body: JSON.stringify(told) };
}

export function notPublished(slug: string): AppError {
  return new AppError('not_found', `Nothing is published under ${JSON.stringify(slug.slice(0, 120))}.`);
}
