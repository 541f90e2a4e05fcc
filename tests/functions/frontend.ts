import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from '@jest/globals';
import { type PublishedSummary, publishedPageSchema } from '../../contract/schemas/published-article.ts';
import { listingKey } from '../../store/keys.ts';
import { layout } from '../../store/layout.ts';
import type { Answer, Desk } from '../support/desk.ts';
import type { TestEngine } from '../support/engine.ts';
import type { Seen } from '../support/proxy.ts';

/** How a frontend reads listings. */
export type Frontend = {
  list: (query?: string) => Promise<Answer>;
  /** What a page has, which has to be one. */
  headlines: (query?: string) => Promise<string[]>;
  /** All pages from the first to the last, by their cursors; `limit` goes into the query. */
  pages: (query: string) => Promise<PublishedSummary[][]>;
};

/** A walk that is longer than this goes round in circles. */
const mostPages = 100;

export function useFrontend({ call }: Pick<Desk, 'call'>): Frontend {
  const list = (query = '') => call('listPublishedArticles', { query });
  return {
    list,
    async headlines(query) {
      const { status, json } = await list(query);
      expect({ status, json }).toMatchObject({ status: 200 });
      return publishedPageSchema.parse(json).items.map(({ headline }) => headline);
    },
    async pages(query) {
      const pages: PublishedSummary[][] = [];
      let cursor: string | null = null;
      do {
        const { status, json } = await list(cursor === null ? query : `${query}&cursor=${cursor}`);
        expect({ status, json }).toMatchObject({ status: 200 });
        const page = publishedPageSchema.parse(json);
        pages.push(page.items);
        cursor = page.nextCursor;
        expect(pages.length).toBeLessThan(mostPages);
      } while (cursor !== null);
      return pages;
    },
  };
}

/** What a request asked of the database. */
export async function operationsOf({ seen }: { seen: Seen[] }, request: () => Promise<unknown>): Promise<string[]> {
  seen.length = 0;
  await request();
  return seen.map(({ operation }) => operation);
}

/** Rows as a publication writes them, of stories that nothing else is known of; `listings` says where the nth one stands. */
export async function addRows(
  { client, contentTable }: TestEngine,
  summary: PublishedSummary,
  rows: readonly { at: string; listings: readonly string[]; fields?: Partial<PublishedSummary> }[],
): Promise<void> {
  const puts = rows.flatMap(({ at, listings, fields }, index) => {
    const id = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    const row = JSON.stringify({ ...summary, id, slug: `row-${index}`, headline: `Row ${index}`, ...fields });
    return listings.map((listing) => ({ PutRequest: { Item: { ...listingKey(listing, at, id), v: layout, row } } }));
  });
  for (let start = 0; start < puts.length; start += 25)
    await client.send(new BatchWriteCommand({ RequestItems: { [contentTable]: puts.slice(start, start + 25) } }));
}
