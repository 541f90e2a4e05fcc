import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { feedStory } from '../../domain/article/feed-story.ts';
import { publicDocument } from '../../domain/article/public-document.ts';
import type { Publication } from '../../domain/article/working-copy.ts';
import { storyFeedEntry } from '../../domain/feeds/entries.ts';
import type { Feed, FeedEntry } from '../../domain/feeds/feed.ts';
import { readSeeds, type Seed } from '../../functions/load-seeds/read-seeds.ts';
import { anyFeed } from '../../tests/feeds/any-feed.ts';

const seedsFolder = fileURLToPath(new URL('../../seeds', import.meta.url));
/** Fixed, so that a feed that fails fails again. */
const generated = { seed: 20220106, numRuns: 30 };

/** Feeds by name: of the seeds, of nothing, of what was killed, and of generated stories that are as awkward as can be. */
export async function feedsToTry(now: Date): Promise<{ name: string; feed: Feed }[]> {
  const { stories } = await readSeeds(seedsFolder, 'en', now);
  const entries = stories.map(seedEntry);
  const seeds = { ...about, updatedAt: entries[0]?.updatedAt ?? null, entries };
  const id = 'urn:uuid:017e2f42-9600-7747-8640-00000000dead';
  const killed = [{ id, at: now.toISOString(), notice: 'Retracted: <what> it said & “how” was not so.' }];
  return [
    { name: 'seeds', feed: seeds },
    { name: 'empty', feed: { ...about, hubUrl: undefined } },
    { name: 'killed', feed: { ...seeds, deleted: killed } },
    ...fc.sample(anyFeed, generated).map((feed, index) => ({ name: `generated-${index + 1}`, feed })),
  ];
}

const about: Feed = {
  id: 'tag:news.example,2026:feeds/latest',
  title: 'Dateline Daily: latest',
  homeUrl: 'https://news.example/',
  selfUrl: 'https://news.example/content/v1/feeds/latest',
  language: 'en',
  publicationName: 'Dateline Daily',
  hubUrl: 'https://hub.example/',
  updatedAt: null,
  entries: [],
  deleted: [],
};

/** As a publication stores it for its feeds, and a feed writes it. */
function seedEntry({ id, publishedAt, article }: Seed): FeedEntry {
  const at = publishedAt.toISOString();
  const publication: Publication = {
    ...{ state: 'live', slug: id, revision: 1, kind: 'initial', firstPublishedAt: at, publishedAt: at, sortAt: at },
    ...{ listKeys: [], notes: [], corrections: [], kill: null, seq: 1 },
  };
  const section = { slug: article.section ?? '', name: 'Conflicts & War' };
  const siteUrlTemplate = 'https://news.example/stories/{slug}';
  const document = publicDocument({ id, article, publication, section, siteUrlTemplate, killed: new Set() });
  return storyFeedEntry(feedStory(document));
}
