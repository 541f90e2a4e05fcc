import type { Article } from '../../contract/schemas/article.ts';
import type { ComparedBlock, ComparedField, Comparison } from '../../contract/schemas/comparison.ts';
import { alignBlocks, type BlockChange } from './align-blocks.ts';
import { canonicalJson } from './block-content.ts';
import { compareWords, stretch } from './compare-words.ts';
import { type FieldName, fieldNames } from './field-names.ts';
import type { Passage } from './passages.ts';
import { type WordReader, wordReader } from './read-words.ts';

/** The fields that people write as sentences, whose words are worth comparing. */
const proseFields = ['headline', 'deck', 'usageTerms', 'advisory', 'internalNote'] as const satisfies FieldName[];
type ProseField = (typeof proseFields)[number];

/** A field is at most 5,000 characters: a small part of what a comparison may cost is enough for each. */
const fieldShare = 0.1;

/**
 * What differs between two revisions of an article: each field but `body`, in the article's order, and each block of the
 * body, in the order of reading, with the differences of their words. Keys of blocks, spans and marks are no difference,
 * nor is the order of an object's members. The cost is bounded: texts that differ too much are wholly removed and added.
 */
export function compareArticles(before: Article, after: Article): Pick<Comparison, 'fields' | 'body'> {
  const reader = wordReader();
  const changes = alignBlocks(before, after, reader);
  const share = 1 / Math.max(1, changes.filter(({ change }) => change === 'changed').length);
  return {
    fields: comparedFields(before, after, reader),
    body: changes.map((change) => comparedBlock(change, reader, share)),
  };
}

function comparedFields(before: Article, after: Article, reader: WordReader): ComparedField[] {
  return (Object.keys(fieldNames) as FieldName[]).flatMap((field) => {
    // A revision from before a field existed has it neither null nor empty.
    const values = { before: before[field] ?? null, after: after[field] ?? null };
    if (canonicalJson(values.before) === canonicalJson(values.after)) return [];
    return [{ field, ...values, words: isProse(field) ? fieldWords(field, before, after, reader) : [] }];
  });
}

function isProse(field: FieldName): field is ProseField {
  return proseFields.some((name) => name === field);
}

function fieldWords(field: ProseField, before: Article, after: Article, reader: WordReader) {
  const [old, young] = [before, after].map((article) => reader.read(article[field] ?? '', article.language));
  return old && young ? compareWords(old, young, reader, fieldShare) : [];
}

function comparedBlock({ change, before, after }: BlockChange, reader: WordReader, share: number): ComparedBlock {
  const placed = { change, before: placedBlock(before), after: placedBlock(after) };
  if (before === null) return { ...placed, words: stretch('added', after.text) };
  if (after === null) return { ...placed, words: stretch('removed', before.text) };
  if (before.text === after.text) return { ...placed, words: stretch('same', after.text) };
  return { ...placed, words: compareWords(before.words(), after.words(), reader, share) };
}

function placedBlock(passage: Passage | null) {
  return passage && { index: passage.index, block: passage.block };
}

export type ChangedPart = { part: 'headline' | 'deck' | 'body'; before: string | null; after: string | null };

/**
 * The old and new plain text of what readers read differently: headline, deck, then the blocks of the body that were
 * added, removed or rewritten, in the order of reading. Links to other stories are left out: their titles are words of those,
 * which may be killed. `before` is null where there was nothing, `after` where nothing
 * is left. Blocks that only moved, or changed in style, links or addresses but not in their text, are left out.
 */
export function changedBlocks(before: Article, after: Article): ChangedPart[] {
  const [old, young] = [before, after].map(withoutLinks) as [Article, Article];
  const body = alignBlocks(old, young, wordReader()).map((change) => ({
    part: 'body' as const,
    before: change.before?.text || null,
    after: change.after?.text || null,
  }));
  return [
    { part: 'headline' as const, before: before.headline || null, after: after.headline || null },
    { part: 'deck' as const, before: before.deck || null, after: after.deck || null },
    ...body,
  ].filter((part) => part.before !== part.after);
}

function withoutLinks(article: Article): Article {
  return { ...article, body: article.body.filter((block) => block._type !== 'relatedLink') };
}
