import { describe, expect, test } from '@jest/globals';
import Parser from 'rss-parser';
import { atomFeed } from '../../domain/feeds/atom.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import { bareFeed, emptyFeed, sampleFeed } from './feed-samples.ts';
import { all, only, parseStrictly, texts } from './strict-xml.ts';

const rootOf = (feed: Feed) => parseStrictly(atomFeed(feed));

describe('an Atom feed', () => {
  test('says what rss-parser asks of it', async () => {
    const read = await new Parser().parseString(atomFeed(sampleFeed()));
    expect(read).toMatchObject({
      title: 'Dateline Daily: latest',
      link: 'https://news.example/',
      feedUrl: 'https://api.example/content/v1/feeds/latest?a=1&b=2',
      lastBuildDate: '2022-01-07T08:30:00.000Z',
    });
    expect(read.items).toHaveLength(1);
    expect(read.items[0]).toMatchObject({
      id: 'urn:uuid:017e2f42-9600-7747-8640-eaf09766caae',
      link: 'https://news.example/conflicts-war/kazakh-police?from=feed&n=1',
      title: 'Kazakh police kill ‘dozens’ in Almaty & Nur-Sultan',
      summary: 'Explosions at AT&T’s <office>',
      content: '<p>Officers opened fire &amp; TASS reported <em>more</em>.</p>',
      author: 'Ana Bek',
      isoDate: '2022-01-06T12:00:00.000Z',
    });
  });

  test('has an id, its publication as its author, its language and its links', () => {
    const root = rootOf(sampleFeed());
    expect(root).toMatchObject({ name: 'atom:feed', attributes: { 'xml:lang': 'en' } });
    expect(only(root, 'atom:id').text).toBe('tag:news.example,2026:feeds/latest');
    expect(only(only(root, 'atom:author'), 'atom:name').text).toBe('Dateline Daily');
    expect(all(root, 'atom:link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'self', type: 'application/atom+xml', href: 'https://api.example/content/v1/feeds/latest?a=1&b=2' },
      { rel: 'alternate', type: 'text/html', href: 'https://news.example/' },
      { rel: 'hub', href: 'https://hub.example/' },
    ]);
    expect(all(rootOf(bareFeed), 'atom:link').map(({ attributes }) => attributes.rel)).toEqual(['self', 'alternate']);
  });

  test('has all that is known of a story', () => {
    const entry = only(rootOf(sampleFeed()), 'atom:entry');
    expect(only(entry, 'atom:published').text).toBe('2022-01-06T12:00:00.000Z');
    expect(only(entry, 'atom:updated').text).toBe('2022-01-07T08:30:00.000Z');
    expect(texts(all(entry, 'atom:author').map((author) => only(author, 'atom:name')))).toEqual([
      'Ana Bek',
      'Johnson & Sons',
    ]);
    expect(only(entry, 'atom:content').attributes).toEqual({ type: 'html', 'xml:lang': 'en-GB' });
    expect(all(entry, 'atom:category').map(({ attributes }) => attributes)).toEqual([
      { term: 'medtop:16000000', label: 'conflict, war & peace', scheme: 'http://cv.iptc.org/newscodes/mediatopic/' },
      { term: 'unrest', label: 'Unrest' },
    ]);
    expect(only(entry, 'atom:rights').text).toBe('© Agencia EFE, S.A.U.');
    expect(only(entry, 'media:content').attributes.url).toBe('https://images.example/almaty.jpg?w=800&h=600');
  });

  test('leaves out what a story does not have, and nothing that RFC 4287 asks for', () => {
    const names = only(rootOf(bareFeed), 'atom:entry').children.map(({ name }) => name);
    expect(names).toEqual(['atom:id', 'atom:title', 'atom:updated', 'atom:published', 'atom:link', 'atom:content']);
  });

  test('may be empty, and was then never updated', async () => {
    const root = rootOf(emptyFeed);
    expect(only(root, 'atom:updated').text).toBe('1970-01-01T00:00:00Z');
    expect(all(root, 'atom:entry')).toEqual([]);
    expect((await new Parser().parseString(atomFeed(emptyFeed))).items).toEqual([]);
  });

  test('has readers take away killed stories, and tells them why', async () => {
    const deleted = [
      { id: 'urn:uuid:1', at: '2022-01-08T00:00:00.000Z', notice: 'Retracted: <sources> & “proof” were false.' },
      { id: 'urn:uuid:2', at: '2022-01-09T00:00:00.000Z' },
    ];
    const feed = sampleFeed({ deleted });
    const [told, untold] = all(rootOf(feed), 'at:deleted-entry');
    expect(told?.attributes).toEqual({ ref: 'urn:uuid:1', when: '2022-01-08T00:00:00.000Z' });
    expect(only(told, 'at:comment').text).toBe('Retracted: <sources> & “proof” were false.');
    expect(untold).toMatchObject({ attributes: { ref: 'urn:uuid:2', when: '2022-01-09T00:00:00.000Z' }, children: [] });
    expect((await new Parser().parseString(atomFeed(feed))).items).toHaveLength(1);
  });
});
