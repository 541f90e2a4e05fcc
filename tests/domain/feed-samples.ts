import type { Feed, FeedEntry } from '../../domain/feeds/feed.ts';

export function sampleEntry(patch: Partial<FeedEntry> = {}): FeedEntry {
  return {
    id: 'urn:uuid:017e2f42-9600-7747-8640-eaf09766caae',
    url: 'https://news.example/conflicts-war/kazakh-police?from=feed&n=1',
    title: 'Kazakh police kill ‘dozens’ in Almaty & Nur-Sultan',
    summary: 'Explosions at AT&T’s <office>',
    contentHtml: '<p>Officers opened fire &amp; TASS reported <em>more</em>.</p>',
    byline: ['Ana Bek', 'Johnson & Sons'],
    categories: [
      { term: 'medtop:16000000', label: 'conflict, war & peace', scheme: 'http://cv.iptc.org/newscodes/mediatopic/' },
      { term: 'unrest', label: 'Unrest' },
    ],
    image: { url: 'https://images.example/almaty.jpg?w=800&h=600', alt: 'The “main” square' },
    language: 'en-GB',
    publishedAt: '2022-01-06T12:00:00.000Z',
    updatedAt: '2022-01-07T08:30:00.000Z',
    rights: '© Agencia EFE, S.A.U.',
    ...patch,
  };
}

export function sampleFeed(patch: Partial<Feed> = {}): Feed {
  return {
    id: 'tag:news.example,2026:feeds/latest',
    title: 'Dateline Daily: latest',
    homeUrl: 'https://news.example/',
    selfUrl: 'https://api.example/content/v1/feeds/latest?a=1&b=2',
    language: 'en',
    publicationName: 'Dateline Daily',
    hubUrl: 'https://hub.example/',
    updatedAt: '2022-01-07T08:30:00.000Z',
    entries: [sampleEntry()],
    deleted: [],
    ...patch,
  };
}

/** A feed of one story without anything that a story may lack. */
export const bareFeed = sampleFeed({
  hubUrl: undefined,
  entries: [sampleEntry({ summary: null, byline: [], categories: [], image: null, rights: null })],
});

export const emptyFeed = sampleFeed({ updatedAt: null, entries: [] });
