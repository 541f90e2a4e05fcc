import { type Element, element, textElement, xmlDocument } from './xml.ts';

/** https://www.sitemaps.org/protocol.html */
const sitemapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';
/** How many pages a sitemap, or sitemaps an index, may list (https://www.sitemaps.org/protocol.html#index). */
export const mostInSitemap = 50_000;

const newsNamespace = 'http://www.google.com/schemas/sitemap-news/0.9';
/** https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
export const mostNews = 1000;
export const newsForMs = 48 * 60 * 60 * 1000;

type NewsStory = { url: string; title: string; language: string; firstPublishedAt: string; publishedAt: string };

/**
 * Google's news sitemap: what was first published in the 48 hours before `now`, the newest first, at most a thousand.
 * An update or a bump, which moves `publishedAt`, neither brings a story back nor moves it.
 */
export function newsSitemap(
  stories: readonly NewsStory[],
  { publicationName, now }: { publicationName: string; now: Date },
): string {
  const age = ({ firstPublishedAt }: NewsStory) => now.getTime() - Date.parse(firstPublishedAt);
  const news = stories
    .filter((story) => age(story) >= 0 && age(story) <= newsForMs)
    .sort((one, other) => age(one) - age(other))
    .slice(0, mostNews);
  const namespaces = { xmlns: sitemapNamespace, 'xmlns:news': newsNamespace };
  return xmlDocument(
    element(
      'urlset',
      namespaces,
      news.map((story) => newsPage(story, publicationName)),
    ),
  );
}

function newsPage({ url, title, language, firstPublishedAt }: NewsStory, publicationName: string): Element {
  return element(
    'url',
    {},
    textElement('loc', url),
    element(
      'news:news',
      {},
      element(
        'news:publication',
        {},
        textElement('news:name', publicationName),
        textElement('news:language', newsLanguage(language)),
      ),
      textElement('news:publication_date', firstPublishedAt),
      textElement('news:title', title),
    ),
  );
}

/** Google takes a language's ISO 639 code, but wants to know which script Chinese is written in, by a country's code. */
function newsLanguage(tag: string): string {
  // What the tag leaves open, Unicode's likely subtags fill in: zh-HK is written in traditional script.
  const { language, script } = new Intl.Locale(tag).maximize();
  if (language !== 'zh') return language;
  return script === 'Hant' ? 'zh-tw' : 'zh-cn';
}

/**
 * A sitemap of pages.
 * @throws RangeError for more than `mostInSitemap`, which search engines would refuse whole.
 */
export function sitemapPage(pages: readonly { url: string; changedAt: string }[]): string {
  return sitemap('urlset', 'url', pages);
}

/**
 * The index of such sitemaps.
 * @throws RangeError for more than `mostInSitemap`, which search engines would refuse whole.
 */
export function sitemapIndex(sitemaps: readonly { url: string; changedAt: string | null }[]): string {
  return sitemap('sitemapindex', 'sitemap', sitemaps);
}

function sitemap(root: string, entry: string, listed: readonly { url: string; changedAt: string | null }[]): string {
  if (listed.length > mostInSitemap)
    throw new RangeError(`A ${root} lists at most ${mostInSitemap} addresses; these are ${listed.length}.`);
  const entries = listed.map(({ url, changedAt }) =>
    element(entry, {}, textElement('loc', url), textElement('lastmod', changedAt)),
  );
  return xmlDocument(element(root, { xmlns: sitemapNamespace }, entries));
}
