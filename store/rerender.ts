import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import type { PublishedArticle } from '../contract/schemas/published-article.ts';
import { type CorrectionEntry, correctionsListing } from '../domain/article/corrections.ts';
import { pointedAt } from '../domain/article/public-document.ts';
import { listingsOfDocument, type Rendering, rerender } from '../domain/article/rerender.ts';
import type { Publication, WorkingCopy } from '../domain/article/working-copy.ts';
import { correctionEntries } from './corrections.ts';
import type { Database } from './database.ts';
import { unpack } from './items.ts';
import { currentSlugKey, type Key, listingKey, publicDocumentKey } from './keys.ts';
import { killedAmong } from './killed.ts';
import { layout } from './layout.ts';
import { notePointers } from './pointers.ts';
import { cardOf, causeOf, contentWrites, rowId, rowItem, servedDocument } from './public-items.ts';
import { putCorrection } from './publish.ts';
import { withRetries } from './retry.ts';
import { getArticleAt } from './revisions.ts';
import { getSection } from './sections.ts';
import { tombstone } from './take-down.ts';
import { commit, type Write } from './transaction.ts';
import { getWorkingCopy, putWorkingCopy } from './working-copies.ts';

/** `unchanged`: readers got these very bytes before, though rows may have been missing. */
export type Rerendered = 'changed' | 'unchanged' | 'removed' | 'not public';

export type RerenderOptions = {
  siteUrlTemplate: string;
  /** Whether reactions are to follow what changes. Of a run over everything they are not: the edge is purged of all at once. */
  followed: boolean;
  /** Whether it is rendered since words of it must not be read any more: the edge then forgets all that may have them. */
  takesAway?: boolean | undefined;
};

/**
 * Makes the public items of an article anew from the editorial table, whatever the content table has: for a renamed
 * section, a new public field, a repair, a restore. What the newsroom does not hold for live goes. The working copy is in
 * the transaction and rises by a rendering, so neither this nor a publication that runs beside it overwrites the other:
 * whoever comes second throws `version_conflict` or `busy`, and a repeat sees the newer state. Throws `incomplete` when the
 * article's section is not in the taxonomy any more.
 */
export async function rerenderArticle(
  database: Database,
  articleId: string,
  options: RerenderOptions,
): Promise<Rerendered> {
  const copy = await getWorkingCopy(database, articleId);
  const shown = await shownOf(database, articleId, copy.publication);
  const { publication } = copy;
  if (publication?.state !== 'live') return await remove(database, copy, shown, options);
  const published = await getArticleAt(database, copy, publication.revision);
  const section = await getSection(database, published.section ?? '');
  if (!section)
    throw new AppError('incomplete', `The section ${published.section} of article ${articleId} is not there any more.`);
  const targets = pointedAt(published);
  await notePointers(database, articleId, targets);
  const killed = await killedAmong(database, targets);
  const { siteUrlTemplate } = options;
  const rendering = rerender(copy, publication, { published, section, siteUrlTemplate, killed });
  const corrections = await correctionEntries(database, copy, rendering.document);
  return await replace(database, { ...rendering, corrections }, shown, options);
}

/** What the content table has of an article: its current slug, and the documents there and where it should be. */
type Shown = {
  current: Record<string, unknown> | undefined;
  documents: ShownDocument[];
  /** Whether a notice is there from before notices said whose they are. */
  hasOldNotice: boolean;
};
type ShownDocument = { slug: string; etag: string; sortAt: string; document: PublishedArticle };

async function shownOf(database: Database, articleId: string, publication: Publication | null): Promise<Shown> {
  const current = await getPublic(database, currentSlugKey(articleId));
  const slugs = [current?.slug, publication?.slug].filter((slug) => typeof slug === 'string');
  const documents: ShownDocument[] = [];
  let hasOldNotice = false;
  for (const slug of new Set(slugs)) {
    const item = await getPublic(database, publicDocumentKey(slug));
    hasOldNotice ||= item?.state === 'killed' && item.articleId === undefined;
    if (item?.state !== 'live') continue;
    const document = unpack(item.gz as Uint8Array) as PublishedArticle;
    // Slugs are claimed for good, but a restore may be of a moment before the claim.
    if (document.id === articleId)
      documents.push({
        slug,
        etag: String(item.etag),
        sortAt: String(item.sortAt ?? document.firstPublishedAt),
        document,
      });
  }
  return { current, documents, hasOldNotice };
}

async function getPublic({ client, contentTable, ...database }: Database, key: Key) {
  const command = new GetCommand({ TableName: contentTable, Key: key, ConsistentRead: true });
  const { Item } = await withRetries((abortSignal) => client.send(command, { abortSignal }), database);
  if (Item && Item.v !== layout) throw new Error(`${key.pk} has the layout ${Item.v}; this build reads ${layout}.`);
  return Item;
}

async function replace(
  database: Database,
  rendering: Rendering & { corrections: readonly CorrectionEntry[] },
  shown: Shown,
  { followed, takesAway }: RerenderOptions,
): Promise<Rerendered> {
  const { copy, previous, publication, summary, document, corrections } = rendering;
  const { slug, seq, sortAt } = publication;
  const content = contentWrites(database);
  const served = servedDocument(document, publication);
  const unchanged = shown.documents.some((found) => found.slug === slug && found.etag === served.etag);
  const change = changeOf(database, shown, followed && !unchanged);
  const rendered = await replaceCorrections(database, { copy, previous, corrections });
  const rows = publication.listKeys.map((listing) => ({ listing, sortAt }));
  await commit(database, [
    putWorkingCopy(database, { copy: rendered, before: rendered, rendered: true }),
    content.put(publicDocumentKey(slug), served),
    content.put(currentSlugKey(copy.id), {
      ...{ v: layout, state: 'live', slug, seq },
      ...cardOf(document, summary, publication),
      ...(takesAway ? { takesAway } : {}),
      ...change,
    }),
    ...misplaced(shown, slug).map((found) =>
      content.put(publicDocumentKey(found.slug), { v: layout, state: 'redirect', articleId: copy.id }),
    ),
    ...staleRows(rows, [...rowsOf(previous), ...rowsShown(shown)]).map((stale) => deleteRow(database, copy.id, stale)),
    ...rows.map(({ listing }) =>
      content.put(listingKey(listing, sortAt, copy.id), rowItem(listing, document, summary)),
    ),
  ]);
  return unchanged ? 'unchanged' : 'changed';
}

/**
 * One transaction has no room for them and the rows. They come first, since whoever looks whether a story is rendered looks at
 * its rows. The copy is in both, and returned as it is now: a kill in between has the last word.
 */
async function replaceCorrections(
  database: Database,
  { copy, previous, corrections }: Pick<Rendering, 'copy' | 'previous'> & { corrections: readonly CorrectionEntry[] },
): Promise<WorkingCopy> {
  if (corrections.length === 0) return copy;
  await commit(database, [
    // With the rows that still stand: whoever takes the story down in between finds them by it.
    putWorkingCopy(database, { copy: { ...copy, publication: previous }, before: copy, rendered: true }),
    ...corrections.map((entry) => putCorrection(database, entry)),
  ]);
  return { ...copy, rendering: copy.rendering + 1 };
}

/** Of an article that the newsroom holds for withdrawn, killed, or never published. */
async function remove(
  database: Database,
  copy: WorkingCopy,
  shown: Shown,
  { followed }: RerenderOptions,
): Promise<Rerendered> {
  const { current, documents, hasOldNotice } = shown;
  const { slug = current?.slug, seq = current?.seq, kill = null, corrections = [] } = copy.publication ?? {};
  const state = kill ? 'killed' : 'withdrawn';
  const isAsItShouldBe = documents.length === 0 && (current === undefined || current.state === state);
  if (isAsItShouldBe && !(kill && hasOldNotice)) return 'not public';
  const content = contentWrites(database);
  const ended = { v: layout, state, slug, seq, ...changeOf(database, shown, followed) };
  await commit(database, [
    putWorkingCopy(database, { copy, before: copy, rendered: true }),
    content.put(currentSlugKey(copy.id), ended),
    ...documents
      .filter((found) => !(kill && found.slug === slug))
      .map((found) => content.delete(publicDocumentKey(found.slug))),
    ...(kill && typeof slug === 'string'
      ? [content.put(publicDocumentKey(slug), tombstone(kill, { articleId: copy.id, seq: Number(seq) }))]
      : []),
    ...staleRows([], rowsShown(shown)).map((stale) => deleteRow(database, copy.id, stale)),
    ...corrections.map(({ at }) => content.delete(listingKey(correctionsListing, at, copy.id))),
  ]);
  return 'removed';
}

/** Reactions follow a new change id: without one, nothing is purged. */
function changeOf(database: Database, { current }: Shown, followed: boolean): Record<string, unknown> {
  const { changeId, causedBy } = current ?? {};
  if (!followed && changeId !== undefined) return { changeId, ...(causedBy === undefined ? {} : { causedBy }) };
  return { changeId: database.newChangeId(database.timing.now()), ...causeOf(database) };
}

type Row = { listing: string; sortAt: string };

const rowsOf = ({ listKeys, sortAt }: Publication): Row[] => listKeys.map((listing) => ({ listing, sortAt }));

function rowsShown({ documents }: Shown): Row[] {
  return documents.flatMap(({ document, sortAt }) =>
    listingsOfDocument(document).map((listing) => ({ listing, sortAt })),
  );
}

function staleRows(kept: readonly Row[], before: readonly Row[]): Row[] {
  const keptIds = new Set(kept.map(({ listing, sortAt }) => rowId(listing, sortAt)));
  const stale = new Map(before.map((row) => [rowId(row.listing, row.sortAt), row]));
  return [...stale].flatMap(([id, row]) => (keptIds.has(id) ? [] : [row]));
}

function deleteRow(database: Database, articleId: string, { listing, sortAt }: Row): Write {
  return contentWrites(database).delete(listingKey(listing, sortAt, articleId));
}

function misplaced({ documents }: Shown, slug: string): ShownDocument[] {
  return documents.filter((found) => found.slug !== slug);
}
