import { named, type Read, type Readable } from './readable.ts';

const ofStory = ({ slug }: Readable) => ({ path: { slug } });
const ofVersion = ({ slug, version }: Readable) => ({ path: { slug, version } });

const byStory = '0.5 for each 4 kB of the story, compressed';
/** Twenty at most. */
const picks = 10;
/** And six times a page. */
const alike = picks + 6 * 2.5;
const alikeRequests = ['GetItem', 'BatchGetItem', ['Query', 'Query', 'Query', 'Query', 'Query', 'Query']] as const;

/** What may be asked about one story. */
export const storyReads = {
  story: {
    route: 'getPublishedArticle',
    what: 'a story',
    ask: ofStory,
    requests: ['GetItem'],
    units: 0.5,
    grows: byStory,
  },
  storyAsHtml: {
    route: 'getPublishedArticle',
    what: 'as HTML, or in another format',
    ask: (names) => ({ ...ofStory(names), ...named({ format: 'html' }) }),
    requests: ['GetItem'],
    units: 0.5,
    grows: byStory,
  },
  someFields: {
    route: 'getPublishedArticle',
    what: 'some of its fields',
    ask: (names) => ({ ...ofStory(names), ...named({ fields: 'headline,slug' }) }),
    requests: ['GetItem'],
    units: 0.5,
    grows: byStory,
  },
  storyWithRelated: {
    route: 'getPublishedArticle',
    what: 'with related stories',
    ask: (names) => ({ ...ofStory(names), ...named({ include: 'related' }) }),
    requests: alikeRequests,
    units: 0.5 + alike,
    grows: 'the story, 0.5 for each of 20 picks at most, and 2.5 for each of 6 listings',
  },
  storyThen: {
    route: 'getPublishedArticle',
    what: 'as it was',
    ask: (names) => ({ ...ofStory(names), ...named({ at: names.at }) }),
    requests: ['GetItem', 'Query', 'BatchGetItem'],
    units: 1 + picks,
    grows: '0.5 for each story that the version points at, 100 at most; one request less where it points at none',
  },
  storyById: {
    route: 'findPublishedArticle',
    what: 'by its id, a redirect',
    ask: ({ articleId }) => ({ path: { articleId } }),
    requests: ['GetItem'],
    units: 0.5,
    grows: '',
  },
  storyByEarlierSlug: {
    route: 'getPublishedArticle',
    what: 'by the slug that it had, a redirect',
    ask: ({ earlierSlug }) => ({ path: { slug: earlierSlug } }),
    requests: ['GetItem', 'GetItem'],
    units: 1,
    grows: '',
  },
  related: {
    route: 'listRelatedArticles',
    what: 'related stories',
    ask: ofStory,
    requests: alikeRequests,
    units: 0.5 + alike,
    grows: 'as with a story',
  },
  versions: {
    route: 'listArticleVersions',
    what: 'its versions',
    ask: ofStory,
    requests: ['GetItem', 'Query'],
    units: 1.5,
    grows: 'the text of each version of the page; 128 for a megabyte, where a page ends',
  },
  version: {
    route: 'getArticleVersion',
    what: 'a version',
    ask: ofVersion,
    requests: ['GetItem', 'GetItem', 'BatchGetItem'],
    units: 1 + picks,
    grows: 'as with a story as it was',
  },
  versionChanges: {
    route: 'compareArticleVersions',
    what: 'what changed in a version',
    ask: ofVersion,
    requests: ['GetItem', ['GetItem', 'Query'], ['BatchGetItem', 'BatchGetItem']],
    units: 2 + 2 * picks,
    grows: 'as with a version, twice',
  },
  preview: {
    route: 'getPreview',
    what: 'a preview',
    ask: ({ token }) => ({ path: { token } }),
    requests: ['GetItem', 'Query', ['BatchGetItem', 'GetItem']],
    units: 7,
    grows: 'the working copy’s text, compressed, read consistently; 1 for each story that it points at',
  },
} as const satisfies Record<string, Read>;
