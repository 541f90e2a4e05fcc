import { clock, day, hour, iso, minute } from './clock.ts';
import { type Article, contentOf, type World } from './model.ts';
import type { Patch } from './requests.ts';
import type { What } from './steps.ts';
import { newToken } from './words.ts';

export type Change = Extract<What, { act: 'update' }>['changes'][number];

/** What readers call the topics that there are. */
export const topicNames: Readonly<Record<string, string>> = {
  'medtop:16000000': 'conflict, war and peace',
  'medtop:20000065': 'civil unrest',
};

const headlines = ['Storm', 'Vote', 'Fire in the port', ''];

/** The values that there are for each field; of some, the one that the article has already. */
function valueFor(world: World, article: Article | undefined, { field, pick }: Change): Patch {
  const now = article && contentOf(article);
  const from = <Value>(...values: readonly Value[]): Value => values[pick % values.length] as Value;
  switch (field) {
    case 'headline':
      return { headline: now && pick === 4 ? now.headline : `${headlines[pick] ?? 'Storm'} ${newToken('題')}`.trim() };
    case 'body':
      return { body: pick === 5 ? null : now && pick === 4 ? now.body : `It rains. ${newToken('文')}` };
    case 'deck':
      return { deck: from(null, `And more. ${newToken('摘')}`) };
    case 'internalNote':
      return { internalNote: from(`Ask the lawyer. ${newToken('密')}`, null) };
    case 'slug':
      return { slug: from(null, 'storm', 'chosen', 'storm-2', 'another', null) };
    case 'section':
      return { section: from('metro', 'world', null, 'sport', 'nowhere', 'metro') };
    case 'tags':
      return { tags: from<string[]>([], ['War'], ['war', 'Peace'], ['Ｐｅａｃｅ']) };
    case 'topics':
      return { topics: from<string[]>([], ['medtop:20000065'], ['medtop:16000000', 'medtop:20000065']) };
    case 'places':
      return { places: from<string[]>([], ['Almaty'], ['Moscow', 'Almaty']) };
    case 'people':
    case 'authors':
      return { [field]: from<string[]>([], ['Ana Ruiz'], ['Ben Ito']) };
    case 'embargoUntil': {
      const from5Minutes = from(10 * minute, null, day, -hour, 10 * minute, null);
      return { embargoUntil: from5Minutes === null ? null : iso(clock.now() + from5Minutes) };
    }
    case 'related':
      return { related: othersThan(world, article).slice(0, pick % 3) };
  }
}

const othersThan = ({ articles }: World, article: Article | undefined): string[] =>
  articles.flatMap((other) => (other === article ? [] : [other.id])).reverse();

export function patchOf(world: World, article: Article | undefined, changes: readonly Change[]): Patch {
  return Object.assign({}, ...changes.map((change) => valueFor(world, article, change)));
}
