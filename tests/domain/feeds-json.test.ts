import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Feed } from '../../domain/feeds/feed.ts';
import { jsonFeed } from '../../domain/feeds/json-feed.ts';
import { bareFeed, emptyFeed, sampleEntry, sampleFeed } from './feed-samples.ts';

const text = { type: 'string', minLength: 1 };
const url = { type: 'string', format: 'uri' };
const date = { type: 'string', format: 'date-time' };
const language = { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' };
const authors = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: { name: text, url, avatar: url },
  },
};

/** The rules of https://www.jsonfeed.org/version/1.1/ for what a feed of ours has. */
const rules = {
  type: 'object',
  required: ['version', 'title', 'items'],
  additionalProperties: false,
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: text,
    home_page_url: url,
    feed_url: url,
    language,
    authors,
    hubs: { type: 'array', items: { type: 'object', required: ['type', 'url'], properties: { type: text, url } } },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'content_html'],
        additionalProperties: false,
        properties: {
          id: text,
          url,
          title: text,
          content_html: { type: 'string' },
          summary: text,
          image: url,
          date_published: date,
          date_modified: date,
          authors,
          tags: { type: 'array', items: text },
          language,
        },
      },
    },
  },
};

const ajv = new Ajv2020();
(addFormats as unknown as (target: Ajv2020) => void)(ajv);
const follows = ajv.compile(rules);
const read = (feed: Feed) => JSON.parse(jsonFeed(feed));

describe('a JSON feed', () => {
  test.each([
    ['a full one', sampleFeed()],
    ['one of a bare story', bareFeed],
    ['an empty one', emptyFeed],
  ])('follows the rules of version 1.1: %s', (_, feed) => {
    follows(read(feed));
    expect(follows.errors).toBeNull();
  });

  test('has all that is known', () => {
    expect(read(sampleFeed())).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Dateline Daily: latest',
      home_page_url: 'https://news.example/',
      feed_url: 'https://api.example/content/v1/feeds/latest?a=1&b=2',
      language: 'en',
      authors: [{ name: 'Dateline Daily' }],
      hubs: [{ type: 'WebSub', url: 'https://hub.example/' }],
      items: [
        {
          id: 'urn:uuid:017e2f42-9600-7747-8640-eaf09766caae',
          url: 'https://news.example/conflicts-war/kazakh-police?from=feed&n=1',
          title: 'Kazakh police kill ‘dozens’ in Almaty & Nur-Sultan',
          content_html: '<p>Officers opened fire &amp; TASS reported <em>more</em>.</p>',
          summary: 'Explosions at AT&T’s <office>',
          image: 'https://images.example/almaty.jpg?w=800&h=600',
          date_published: '2022-01-06T12:00:00.000Z',
          date_modified: '2022-01-07T08:30:00.000Z',
          authors: [{ name: 'Ana Bek' }, { name: 'Johnson & Sons' }],
          tags: ['conflict, war & peace', 'Unrest'],
          language: 'en-GB',
        },
      ],
    });
  });

  test('leaves out what is not there', () => {
    const { hubs, items } = read(bareFeed);
    expect(hubs).toBeUndefined();
    expect(Object.keys(items[0])).toEqual([
      ...['id', 'url', 'title', 'content_html', 'date_published', 'date_modified', 'language'],
    ]);
  });

  test('says nothing of killed stories', () => {
    const deleted = [{ id: 'urn:uuid:killed', at: '2022-01-08T00:00:00.000Z', notice: 'Retracted.' }];
    expect(jsonFeed(sampleFeed({ deleted }))).not.toMatch(/killed|Retracted/);
  });

  test('has no half of a surrogate pair, which some readers refuse', () => {
    const { items } = read(sampleFeed({ entries: [sampleEntry({ title: 'a\uD83D\u0000b 😀' })] }));
    expect(items[0].title).toBe('ab 😀');
  });
});
