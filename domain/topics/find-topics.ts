import type { TopicPage } from '../../contract/schemas/topic.ts';
import { folded, type SearchWord, searchWords } from './search-words.ts';
import { currentTopicIds, topicName, topicParents } from './topics.ts';

/** A topic as a picker shows it; `parents` has the outermost first. */
export type FoundTopic = TopicPage['items'][number];

export type TopicSearch = {
  /** As an editor types it; blank to list what is directly below `under`, or the top level. */
  query: string;
  /** Only topics below this one. */
  under?: string | undefined;
  limit: number;
};

type Entry = {
  topic: FoundTopic;
  /** The label's words, one space between them. */
  label: string;
  /** What a word of the query may begin, in the label and in the labels above it. */
  own: readonly string[];
  above: readonly string[];
};

/** How well a topic fits, the best first. */
const ranks = ['exact', 'beginning', 'label', 'above'] as const;
type Rank = (typeof ranks)[number];

/**
 * Current Media Topics that an editor may mean. Each word of the query begins a word of the label or, as long as another
 * is in the label itself, of a label above it; case, accents and punctuation make no difference. The label that is the
 * query comes first, then those that begin with it, those with all its words, and the others: each the shallower first,
 * then by label. An id, with or without `medtop:`, finds its topic.
 */
export function findTopics({ query, under, limit }: TopicSearch): FoundTopic[] {
  if (query.trim() === '') return childrenOf(under).slice(0, limit);
  const within = entriesBelow(under);
  const number = /^(?:medtop:)?(\d{8})$/.exec(folded(query).trim())?.[1];
  if (number) return within.filter(({ topic }) => topic.id === `medtop:${number}`).map(({ topic }) => topic);
  const words = searchWords(query);
  // Punctuation alone, or emoji, asks for nothing, and would be found everywhere.
  if (words.length === 0) return [];
  const byRank = Map.groupBy(within, (entry) => rankOf(entry, words));
  return ranks
    .flatMap((rank) => byRank.get(rank) ?? [])
    .slice(0, limit)
    .map(({ topic }) => topic);
}

function childrenOf(parent: string | undefined): FoundTopic[] {
  return index()
    .filter(({ topic }) => topic.parents.at(-1)?.id === parent)
    .map(({ topic }) => topic);
}

function entriesBelow(ancestor: string | undefined): readonly Entry[] {
  if (ancestor === undefined) return index();
  return index().filter(({ topic }) => topic.parents.some(({ id }) => id === ancestor));
}

function rankOf({ label, own, above }: Entry, words: readonly SearchWord[]): Rank | undefined {
  const inLabel = (word: SearchWord) => begins(own, word);
  if (!words.every(inLabel))
    return words.every((word) => inLabel(word) || begins(above, word)) && words.some(inLabel) ? 'above' : undefined;
  const asked = inOneLine(words);
  if (label === asked) return 'exact';
  return label.startsWith(asked) ? 'beginning' : 'label';
}

/** Whether something here begins with the word, or for each of its parts something with that. */
function begins(words: readonly string[], { whole, parts }: SearchWord): boolean {
  const isBegun = (start: string) => words.some((word) => word.startsWith(start));
  return isBegun(whole) || (parts.length > 1 && parts.every(isBegun));
}

const inOneLine = (words: readonly SearchWord[]) => words.map(({ whole }) => whole).join(' ');

let made: readonly Entry[] | undefined;

/** Every current topic, the shallower first, then by label. Made at the first search, so that no cold start waits for it. */
function index(): readonly Entry[] {
  made ??= makeIndex();
  return made;
}

function makeIndex(): Entry[] {
  const ids = currentTopicIds();
  const parentsOf = new Map(ids.map((id) => [id, topicParents(id)]));
  const withChildren = new Set([...parentsOf.values()].map((parents) => parents.at(-1)?.id));
  const wordsOf = new Map(ids.map((id) => [id, searchWords(topicName(id))]));
  const startable = (id: string) => (wordsOf.get(id) ?? []).flatMap(({ whole, parts }) => [whole, ...parts]);
  return ids
    .map((id) => {
      const parents = parentsOf.get(id) ?? [];
      return {
        topic: { id, name: topicName(id), parents, hasChildren: withChildren.has(id) },
        label: inOneLine(wordsOf.get(id) ?? []),
        own: startable(id),
        above: parents.flatMap((parent) => startable(parent.id)),
      };
    })
    .sort((a, b) => a.topic.parents.length - b.topic.parents.length || (a.label < b.label ? -1 : 1));
}
