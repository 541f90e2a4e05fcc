import { describe, expect, test } from '@jest/globals';
import { routes } from '../../contract/routes/index.ts';
import { useEngine } from '../support/engine.ts';
import { named, useContent } from './content-routes.ts';
import { useNewsroom } from './newsroom.ts';

const { ask } = useContent(useNewsroom(useEngine()));

describe('feeds', () => {
  test.each([
    ...[
      'latest',
      'latest.pdf',
      'latest.RSS',
      'latest.rss.',
      'latest.',
      '.rss',
      'rss',
      'sections/world',
      'latest.rss/',
      'latest.rss%00',
      'a\nlatest.rss',
    ],
    ...['latest.__proto__', 'latest.constructor', 'latest.rss?', 'sections/world.xml', 'tags/a.b'],
  ])('%j has no form that there is', async (feed) => {
    const answer = await ask(routes.getFeed, { path: { feed } });
    expect({ status: answer.status, named: named(answer) }).toEqual({ status: 406, named: ['feed'] });
    for (const known of ['.rss', '.atom', '.json']) expect(answer.json.errors[0].detail).toContain(known);
  });

  test.each([
    ...[
      'nothing.rss',
      'latest.rss.rss',
      'Latest.rss',
      'latest/.rss',
      '/latest.rss',
      'sections/.rss',
      'sections//world.rss',
      'sections/World.rss',
    ],
    ...[
      'sections/../latest.rss',
      '../articles.rss',
      'sections/world/x.rss',
      `sections/${'a'.repeat(121)}.rss`,
      'topics/1.rss',
      'topics/medtop:1.rss',
    ],
    ...[
      'tags/.rss',
      'tags.rss',
      `tags/${'ﷺ'.repeat(100)}.rss`,
      'authors/ana.rss',
      '__proto__.rss',
      'constructor.json',
      'corrections/x.atom',
    ],
  ])('%j is no feed', async (feed) => {
    expect((await ask(routes.getFeed, { path: { feed } })).status).toBe(404);
  });

  test.each([
    'sections/nowhere.rss',
    'topics/medtop:20000001.atom',
    'tags/nothing.json',
    'tags/🌊.rss',
    'tags/a/b.atom',
    'tags/..json',
    'tags/%2e%2e.rss',
    'tags/<&"\'>.rss',
    'tags/]]>.atom',
    'tags/__proto__.json',
  ])('%j is an empty feed', async (feed) => {
    const { status, body, headers } = await ask(routes.getFeed, { path: { feed } });
    expect(status).toBe(200);
    expect(headers.etag).toMatch(/^W\//);
    expect(body).not.toMatch(/<entry|<item|"id":/);
    if (!feed.endsWith('.json')) expect(body).not.toMatch(/<&|&"|]]>(?!<)/);
  });
});

describe('the sitemap', () => {
  const page = (value: string) => ask(routes.getSitemap, { query: `page=${value}` });

  test.each([
    ...[
      '2022-13',
      '2022-00',
      '2022-02-31',
      '2022-02-30',
      '2023-02-29',
      '2022-04-31',
      '2022-1',
      '2022',
      '2022-01-',
      '2022-01-32',
      '2022-01-00',
    ],
    ...[
      '',
      '0',
      'latest',
      '2022-01-06T00:00:00Z',
      '-2022-01',
      '%202022-01',
      '2022-01%0A',
      '20220106',
      '٢٠٢٢-٠١',
      '2022-01-06-07',
    ],
  ])('has no page %j', async (value) => {
    const answer = await page(value);
    expect({ status: answer.status, named: named(answer) }).toEqual({ status: 400, named: ['?page'] });
  });

  test.each(['2022-01', '2022-01-31', '2024-02-29', '0000-01', '9999-12', '9999-12-31', '0001-01-01'])(
    'has the page %j, with nothing on it',
    async (value) => {
      const { status, body, headers } = await page(value);
      expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/xml' });
      expect(body).not.toContain('<url>');
    },
  );
});
