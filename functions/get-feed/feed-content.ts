import { gunzipSync } from 'node:zlib';
import { foldedName, isListable } from '../../contract/listed-name.ts';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import { type CorrectionEntry, correctionsListing } from '../../domain/article/corrections.ts';
import { type FeedStory, fullLatest, fullSection } from '../../domain/article/feed-story.ts';
import { urnOf } from '../../domain/article/urn.ts';
import { correctionFeedEntry, storyFeedEntry, summaryFeedEntry } from '../../domain/feeds/entries.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import { listFirstRows, listFullRows } from '../../store/listings.ts';
import type { PublishedStore } from '../../store/published.ts';

/** Entries of a feed: readers that look every half hour miss nothing of a newsroom that publishes sixty stories an hour. */
const feedLength = 30;
/** Rows that are read beyond, since some of them may be of killed stories. */
const forKilled = 10;

export type FeedName = {
  kind: 'stories' | 'summaries' | 'corrections';
  listing: string;
  /** Its name in one spelling, whatever capitals a tag was asked for with. */
  name: string;
  section?: string;
  /** What it is about, where no row says it better. */
  about?: string;
};

export type FeedContent = Pick<Feed, 'entries' | 'deleted'> & { about: string | undefined };

/** Undefined for a name that no feed can have. */
export function feedNamed(name: string): FeedName | undefined {
  if (name === 'latest') return { kind: 'stories', listing: fullLatest, name };
  if (name === 'corrections') return { kind: 'corrections', listing: correctionsListing, name, about: 'Corrections' };
  const [, kind, value = ''] = /^(sections|topics|tags)\/(.+)$/s.exec(name) ?? [];
  if (kind === 'sections' && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value) && value.length <= 120)
    return { kind: 'stories', listing: fullSection(value), name, section: value };
  if (kind === 'topics' && /^medtop:\d{8}$/.test(value)) return { kind: 'summaries', listing: `topic#${value}`, name };
  if (kind === 'tags' && isListable(value))
    return { kind: 'summaries', listing: `tag#${foldedName(value)}`, name: `tags/${foldedName(value)}`, about: value };
  return undefined;
}

/** What stands in the feed. One Query. */
export async function feedContent(
  store: PublishedStore,
  { kind, listing, section, about }: FeedName,
): Promise<FeedContent> {
  if (kind === 'stories') return await wholeStories(store, listing, section);
  const { rows, label = about } = await listFirstRows(store, listing, feedLength);
  const entries = rows.map((row) =>
    kind === 'corrections'
      ? correctionFeedEntry(JSON.parse(row) as CorrectionEntry)
      : summaryFeedEntry(JSON.parse(row) as PublishedSummary),
  );
  // What nothing is listed under is not called by the words of whoever asked.
  return { entries, deleted: [], about: rows.length === 0 && kind === 'summaries' ? undefined : label };
}

async function wholeStories(store: PublishedStore, listing: string, section: string | undefined): Promise<FeedContent> {
  const rows = await listFullRows(store, listing, feedLength + forKilled);
  const stories = rows.flatMap((row) => (row.state === 'live' ? [storyIn(row.gzippedBase64)] : []));
  const deleted = rows.flatMap((row) =>
    row.state === 'killed' ? [{ id: urnOf(row.articleId), at: row.killedAt, notice: row.notice }] : [],
  );
  return {
    entries: stories.slice(0, feedLength).map(storyFeedEntry),
    deleted,
    about: section === undefined ? undefined : stories[0]?.section.name,
  };
}

function storyIn(gzippedBase64: string): FeedStory {
  return JSON.parse(gunzipSync(Buffer.from(gzippedBase64, 'base64')).toString('utf8')) as FeedStory;
}
