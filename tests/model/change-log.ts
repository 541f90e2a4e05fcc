import { clock, iso } from './clock.ts';
import { byPlace } from './live-stories.ts';
import type { Reader } from './reader.ts';

/**
 * Somebody who has a copy of what is public, and keeps it up to date by the change log: what they have, by id, and how many
 * of its changes they have been told, which is undefined until they have begun with what was public then.
 */
export type Partner = { cursor: string | undefined; has: Map<string, string | null>; told: number | undefined };

export const newPartner = (): Partner => ({ cursor: undefined, has: new Map(), told: undefined });
/** Begins with an empty copy and the first change that ever was. */
export const patientPartner = (): Partner => ({ ...newPartner(), told: 0 });

/** Milliseconds until a change is told. */
export const untilTold = 15_000;

type Line = { id: string | null; articleId: string; slug: string | null; kind: string; at: string };

/** Follows the log to its end: every change that is old enough is told, once, in order. */
export async function follow(reader: Reader, partner: Partner): Promise<void> {
  const { articles, changes } = reader.world;
  const old = changes.filter(({ at }) => at <= clock.now() - untilTold);
  const lines = await linesSince(reader, partner);
  const snapshot = lines.filter(({ id }) => id === null);
  const current = partner.told === undefined ? byPlace(articles) : [];
  const copied = current.map(({ id, publication: { slug, publishedAt } }) => lineOf(id, slug, 'current', publishedAt));
  // What is told since may be in what they began with.
  partner.told ??= changes.filter(({ at }) => at < clock.now() - untilTold).length;
  const since = old.slice(partner.told).map(({ article, slug, kind, at }) => {
    const isForgotten = article.purged && article.publication === null;
    return lineOf(article.id, isForgotten ? null : slug, kind, at);
  });
  reader.expect('what is public, for a partner who begins,', copied, snapshot);
  reader.expect('the change log', since, lines.slice(snapshot.length));
  partner.told = old.length;
  for (const line of lines) keep(partner, line);
}

/** From few pages, or many. */
async function linesSince({ ask, turn }: Reader, partner: Partner): Promise<Line[]> {
  const limit = `limit=${turn % 4 === 0 ? 3 : 100}`;
  const lines: Line[] = [];
  for (;;) {
    const cursor = partner.cursor === undefined ? '' : `&cursor=${partner.cursor}`;
    const begins = partner.cursor === undefined && partner.told === undefined ? '&snapshot=true' : '';
    const { json } = await ask('listChanges', { query: `${limit}${cursor}${begins}` }, { status: 200 });
    lines.push(...(json.items ?? []));
    partner.cursor = json.nextCursor;
    if (json.hasMore !== true) return lines;
  }
}

const lineOf = (articleId: string, slug: string | null, kind: string, at: number): Omit<Line, 'id'> => ({
  ...{ articleId, slug, kind, at: iso(at) },
});

function keep({ has }: Partner, { articleId, slug, kind }: Line): void {
  if (kind === 'unpublish' || kind === 'kill') has.delete(articleId);
  else has.set(articleId, slug);
}

/** Once everything has been told, whoever followed has what is public, at its address. */
export function compareCopy({ world, expect }: Reader, { has }: Partner): void {
  const live = byPlace(world.articles).map(({ id, publication }) => `${id} ${publication.slug}`);
  expect('what a partner has', live.sort(), Array.from(has, ([id, slug]) => `${id} ${slug}`).sort());
}
