import { isFullListing } from '../../domain/article/feed-story.ts';
import type { NewItem } from '../../store/items.ts';
import {
  type Counted,
  changeKey,
  countKey,
  currentSlugKey,
  listingKey,
  publicDocumentKey,
  publishedVersionKey,
} from '../../store/keys.ts';
import { layout } from '../../store/layout.ts';
import { cardOf, rowItem, servedDocument } from '../../store/public-items.ts';
import { correctionOf, newest, type Story, storyAt, summaryOf, timeOf } from './made-stories.ts';
import type { KeyedItem } from './written-tables.ts';

/** The slug that the newest story had before. */
export const earlierSlug = 'what-it-was-called-before';
/** Stories with all of their items, far down: more than a page looks at. */
export const deep = 50_000;
const deepEnd = deep + 200;
/** Of the older stories, each of so many was corrected once; of the newest, each of two. */
const correctedOf = 100;

/** All items of a newsroom with so many public stories, as its publications would have left them. */
export function* contentItems(count: number, now: Date): Generator<KeyedItem> {
  const days = new Map<string, number>();
  const fullRow = fullRows(now);
  for (let index = 0; index < count; index += 1) {
    const story = storyAt(index, now);
    const isWhole = index < newest || (index >= deep && index < deepEnd);
    yield* rows(story, isWhole ? undefined : fullRow);
    yield change(story, index, now);
    if (isWhole) yield* own(story);
    if (index % (index < newest ? 2 : correctedOf) === 0) yield correction(story);
    const day = story.publication.sortAt.slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  yield [publicDocumentKey(earlierSlug), { v: layout, state: 'redirect', articleId: storyAt(0, now).document.id }];
  yield* counts(count, days, now);
}

/** To pack a story takes longer than all else: the older ones hold the text of one. */
function fullRows(now: Date): NewItem {
  const story = storyAt(newest, now);
  const full = story.listings.find(isFullListing) ?? '';
  return rowItem(full, { ...story.document, body: story.document.body.slice(0, 2) }, summaryOf(story));
}

function* rows(story: Story, fullRow: NewItem | undefined): Generator<KeyedItem> {
  const { document, publication, listings } = story;
  const summary = summaryOf(story);
  for (const listing of listings) {
    // Where one listing of a dimension is as long as all stories, the others are read no other way.
    if (fullRow && /^(topic|place|person|author)#/.test(listing)) continue;
    const item = fullRow && isFullListing(listing) ? fullRow : rowItem(listing, document, summary);
    yield [listingKey(listing, publication.sortAt, document.id), item];
  }
}

function change(
  { document: { id, slug }, publication: { kind, seq }, changeId }: Story,
  index: number,
  now: Date,
): KeyedItem {
  return [changeKey(timeOf(index, now).getTime(), changeId), { v: layout, articleId: id, slug, kind, seq }];
}

function correction(story: Story): KeyedItem {
  const { listing, entry } = correctionOf(story);
  return [listingKey(listing, entry.at, entry.id), { v: layout, row: JSON.stringify(entry) }];
}

/** What only those need that are asked for by name. */
function* own(story: Story): Generator<KeyedItem> {
  const { document, publication, changeId } = story;
  const { slug, seq, publishedAt } = publication;
  const served = servedDocument(document, publication);
  yield [publicDocumentKey(slug), served];
  yield [
    currentSlugKey(document.id),
    { v: layout, state: 'live', slug, seq, changeId, ...cardOf(document, summaryOf(story), publication) },
  ];
  for (let version = 1; version <= seq; version += 1) {
    const at = new Date(Date.parse(publishedAt) - (seq - version) * 60_000).toISOString();
    const kind = version === 1 ? 'initial' : 'update';
    yield [publishedVersionKey(document.id, at, version), { ...served, slug, seq: version, kind, changeId }];
  }
}

/** As functions/count-published would have left them. */
function* counts(count: number, days: ReadonlyMap<string, number>, now: Date): Generator<KeyedItem> {
  const { section, topics } = storyAt(0, now).document;
  const counted = (of: Counted, name: string, item: NewItem): KeyedItem => [countKey(of, name), { v: layout, ...item }];
  yield counted('section', section.slug, { n: count, label: section.name });
  for (const { id, name } of topics) yield counted('topic', id, { n: count, label: name });
  for (const [day, n] of days) yield counted('day', day, { n, changedAt: now.toISOString() });
}
