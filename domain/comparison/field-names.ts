import type { Article } from '../../contract/schemas/article.ts';

export type FieldName = Exclude<keyof Article, 'body'>;

/** The fields of an article but its body, in the article's order, as an editor calls them. */
export const fieldNames: Readonly<Record<FieldName, string>> = {
  headline: 'Headline',
  deck: 'Deck',
  slugline: 'Slugline',
  slug: 'Slug',
  section: 'Section',
  topics: 'Topics',
  tags: 'Tags',
  places: 'Places',
  people: 'People',
  organisations: 'Organisations',
  dateline: 'Dateline',
  authors: 'Authors',
  agency: 'Agency',
  signOff: 'Sign-off',
  creditLine: 'Credit line',
  usageTerms: 'Usage terms',
  copyrightNotice: 'Copyright notice',
  image: 'Lead image',
  language: 'Language',
  translationOf: 'Translation of',
  advisory: 'Advisory',
  related: 'Related articles',
  urgency: 'Urgency',
  breaking: 'Breaking',
  embargoUntil: 'Embargo until',
  canonicalUrl: 'Canonical address',
  seo: 'Search engines',
  internalNote: 'Internal note',
  extras: 'Extras',
};
