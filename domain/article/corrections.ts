import type { Article } from '../../contract/schemas/article.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { changedBlocks } from '../comparison/compare.ts';
import { bytes, cutToBytes } from './public-document.ts';
import type { Correction } from './working-copy.ts';

/** The listing that corrections stand in, each at the time that it was made. */
export const correctionsListing = 'corrections';

type ChangedText = ReturnType<typeof changedBlocks>[number];

/** What readers are told about a correction: what the story said before, what it says now, and why. */
export type CorrectionEntry = Pick<PublishedArticle, 'id' | 'slug' | 'url' | 'headline' | 'section' | 'language'> & {
  at: string;
  note: string;
  /** As far as they fit. */
  changes: ChangedText[];
  /** How many more there are. */
  moreChanges: number;
};

/**
 * How many corrections of one story stand in the listing. All of them go in the one transaction that takes a story down, and
 * that has a hundred writes. A story's own notes have every correction.
 */
export const mostCorrections = 40;

/** Oldest first; one too many pushes the oldest out. */
export function correctionsWith(earlier: readonly Correction[], correction: Correction): Correction[] {
  return [...earlier, correction].slice(-mostCorrections);
}

/** Bytes of an entry's JSON: a page of twenty is read with one request, for at most a megabyte and 20 units. */
const largestEntry = 8000;
/** Bytes of one side of a change: a paragraph. */
const largestText = 1500;

type Corrected = { document: PublishedArticle; before: Article; after: Article; at: string };

/** The entry of the correction, at this time, that made `after` of `before`, as long as its story may be. */
export function correctionEntry({ document, before, after, at }: Corrected): CorrectionEntry {
  const { id, slug, url, headline, section, language, notes } = document;
  const note = notes.findLast((candidate) => candidate.kind === 'correction' && candidate.at === at);
  const entry = { id, slug, url, headline, section, language, at, note: note?.text ?? '' };
  const all = changedBlocks(before, after).map(shortened);
  let room = largestEntry - bytes(JSON.stringify({ ...entry, changes: [], moreChanges: 9999 }));
  const fitting = all.findIndex((change) => {
    room -= bytes(JSON.stringify(change)) + 1;
    return room < 0;
  });
  const changes = fitting < 0 ? all : all.slice(0, fitting);
  return { ...entry, changes, moreChanges: all.length - changes.length };
}

/** Characters before the first difference that tell where it is. */
const leading = 80;

/** Both sides from shortly before where they part, where they are too long to be told whole. */
function shortened(change: ChangedText): ChangedText {
  const { before, after } = change;
  if (before === null || after === null || (isShort(before) && isShort(after)))
    return { ...change, before: fitted(before), after: fitted(after) };
  const from = beginning(before, after);
  const rest = (text: string) => fitted(`${from > 0 ? '… ' : ''}${text.slice(from)}`);
  return { ...change, before: rest(before), after: rest(after) };
}

/** Where to begin to tell: at the beginning of a word, where there are words. */
function beginning(before: string, after: string): number {
  let parting = 0;
  while (parting < before.length && before[parting] === after[parting]) parting += 1;
  const from = parting - leading;
  if (from <= 0) return 0;
  const space = before.indexOf(' ', from);
  if (space >= 0 && space < parting) return space + 1;
  // Not between the halves of a character.
  return /[\uDC00-\uDFFF]/.test(before[from] ?? '') ? from + 1 : from;
}

const isShort = (text: string): boolean => bytes(JSON.stringify(text)) <= largestText;
const fitted = (text: string | null): string | null => text && cutToBytes(text, largestText);
