import slugify from '@sindresorhus/slugify';
import { byId } from '../contract/published-paths.ts';

/** A slug stays readable in a URL and leaves room for a `-2` below the 120 characters that the contract allows. */
const longest = 100;

/**
 * The slug of a headline or a name: `Conflicts & War` gives `conflicts-and-war`. Typographic quotes vanish, Cyrillic,
 * Greek and Arabic are transliterated. Empty when nothing in the text can be written in ASCII.
 */
export function slugFrom(text: string): string {
  const slug = slugify(text.normalize('NFC').replaceAll(/['’‘ʼ`´]/g, ''), { decamelize: false })
    .replaceAll(/[^a-z0-9-]+/g, '')
    .replaceAll(/-{2,}/g, '-');
  const made = cutAtWord(slug.replaceAll(/^-+|-+$/g, ''));
  return made === byId ? `${made}-1` : made;
}

function cutAtWord(slug: string): string {
  if (slug.length <= longest) return slug;
  const cut = slug.slice(0, longest + 1);
  const lastWord = cut.lastIndexOf('-');
  return lastWord > longest / 2 ? cut.slice(0, lastWord) : slug.slice(0, longest);
}
