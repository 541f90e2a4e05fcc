import { ulid } from 'ulid';
import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { type CorrectionEntry, correctionsListing } from '../../domain/article/corrections.ts';
import { listingsOf, publicSummary } from '../../domain/article/public-document.ts';
import type { Publication } from '../../domain/article/working-copy.ts';
import { seedDocument } from '../support/seed-document.ts';

/** A story that is public, and what the store keeps beside its text. */
export type Story = {
  document: PublishedArticle;
  publication: Publication;
  listings: readonly string[];
  changeId: string;
};

const day = 86_400_000;
/** Milliseconds from one story to the next: 360 a day. */
const between = 4 * 60_000;
/** Stories of yesterday, in each of the newsrooms: what is read first is the same in all of them. */
export const newest = 100;

export const names = {
  section: 'conflicts-and-war',
  topic: 'medtop:16000000',
  tag: 'fuel prices',
  place: 'Almaty',
  person: 'Kassym-Jomart Tokayev',
  author: 'A. Reporter',
};

const filed = {
  tags: [names.tag],
  places: [names.place, 'Nur-Sultan'],
  people: [names.person],
  topics: [names.topic, 'medtop:20000065'],
  authors: [{ name: names.author, role: null }],
};
const template = seedDocument({}, filed);
const listings = listingsOf(filed, template.section);

/** Each place has as many digits, so that any row is as long as any other. */
const digits = (index: number) => String(index).padStart(6, '0');
export const idOf = (index: number): string => `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
export const slugOf = (index: number): string => `kazakh-police-kill-dozens-of-protesters-${digits(index)}`;

/** When the story at this place was published, the newest being at 0: from shortly before last midnight of UTC backwards. */
export function timeOf(index: number, now: Date): Date {
  const midnight = Math.floor(now.getTime() / day) * day;
  const [before, place] = index < newest ? [midnight, index] : [midnight - day, index - newest];
  return new Date(before - (place + 1) * between);
}

/** The seed story as it would be if it was published once more. */
export function storyAt(index: number, now: Date): Story {
  const at = timeOf(index, now).toISOString();
  const id = idOf(index);
  const slug = slugOf(index);
  const document: PublishedArticle = {
    ...template,
    ...{ id, slug, url: `https://news.example/${names.section}/${slug}`, firstPublishedAt: at, publishedAt: at },
    headline: `Kazakh police kill dozens of protesters in Almaty, part ${digits(index)}`,
    // The story that is asked about has what its editors picked.
    related: index === 0 ? [1, 2, 3].map(idOf) : [],
  };
  return { document, publication: publicationOf(document, index), listings, changeId: ulid(Date.parse(at), () => 0.5) };
}

function publicationOf({ slug, firstPublishedAt, publishedAt }: PublishedArticle, index: number): Publication {
  const kind: PublicationKind = 'initial';
  return {
    ...{ state: 'live', slug, revision: 1, kind, firstPublishedAt, publishedAt, sortAt: publishedAt },
    ...{ listKeys: [...listings], notes: [], corrections: [], kill: null, seq: index === 0 ? 2 : 1 },
  };
}

export const summaryOf = ({ document }: Story) => publicSummary(document);

/** Of a story’s text nothing but a word was wrong. */
export function correctionOf({ document }: Story): { listing: string; entry: CorrectionEntry } {
  const { id, slug, url, headline, section, language, publishedAt: at } = document;
  const note = 'The number of those arrested is 3,000.';
  return {
    listing: correctionsListing,
    entry: { ...{ id, slug, url, headline, section, language, at, note }, changes: [], moreChanges: 0 },
  };
}
