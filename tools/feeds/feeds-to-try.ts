import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { plainText } from '../../domain/body/plain-text.ts';
import type { Feed, FeedEntry } from '../../domain/feeds/feed.ts';
import { topicName } from '../../domain/topics/topics.ts';
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

function seedEntry({ id, publishedAt, article }: Seed): FeedEntry {
  const paragraphs = plainText(article.body).split('\n\n');
  return {
    id: `urn:uuid:${id}`,
    url: `https://news.example/stories/${id}`,
    title: article.headline,
    summary: article.deck,
    contentHtml: paragraphs.map((text) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`).join('\n'),
    byline: [...article.authors.map(({ name }) => name), article.agency ?? ''].filter(Boolean),
    categories: article.topics.map((topic) => ({ term: topic, label: topicName(topic) })),
    image: article.image && { url: article.image.url, alt: article.image.alt },
    language: article.language,
    publishedAt: publishedAt.toISOString(),
    updatedAt: publishedAt.toISOString(),
    rights: article.copyrightNotice,
  };
}
