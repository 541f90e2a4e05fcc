import { readFileSync } from 'node:fs';
import type { ArticlePatch } from '../../contract/schemas/article.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { instant } from '../../contract/schemas/text.ts';
import { articleFromWireCopy } from '../../domain/article/from-wire-copy.ts';
import { publicDocument } from '../../domain/article/public-document.ts';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';

const seeds = new URL('../../seeds/', import.meta.url);

/** The seed story's text, as it came. */
export const seedText = readFileSync(new URL('kazakhstan-almaty-unrest.txt', seeds), 'utf8');

const sections = JSON.parse(readFileSync(new URL('sections.json', seeds), 'utf8'));
const [story] = JSON.parse(readFileSync(new URL('manifest.json', seeds), 'utf8')).stories;

/** The seed story as it is public, with what is given in place of its own. */
export function seedDocument(changes: Partial<PublishedArticle> = {}, additions: ArticlePatch = {}): PublishedArticle {
  const copy = parseWireCopy(seedText, { year: story.year, sections });
  const article = articleFromWireCopy(copy, 'en', { ...story.article, ...additions });
  const at = instant.parse(story.publishedAt);
  const publication = {
    state: 'live' as const,
    slug: 'kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues',
    revision: 1,
    kind: 'initial' as const,
    firstPublishedAt: at,
    publishedAt: at,
    sortAt: at,
    listKeys: [],
    notes: [],
    corrections: [],
    kill: null,
    seq: 1,
  };
  const section = copy.section ?? { slug: '', name: '' };
  const siteUrlTemplate = 'https://news.example/{section}/{slug}';
  return {
    ...publicDocument({ id: story.id, article, publication, section, siteUrlTemplate, killed: new Set() }),
    ...changes,
  };
}
