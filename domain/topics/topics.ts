import mediaTopics from './media-topics.json' with { type: 'json' };

/** Label in US English, the parent's number or null, and the date it was retired where it was. */
type Concept = readonly [label: string, parent: string | null, retired?: string];

const concepts = mediaTopics.concepts as unknown as Readonly<Record<string, Concept>>;

function conceptOf(id: string): Concept | undefined {
  const number = id.slice('medtop:'.length);
  return Object.hasOwn(concepts, number) ? concepts[number] : undefined;
}

/** Whether the IPTC still recommends this Media Topic. Retired ones stay on articles that have them. */
export function isCurrentTopic(id: string): boolean {
  const concept = conceptOf(id);
  return concept !== undefined && concept[2] === undefined;
}

/** The topic's label, `civil unrest` for `medtop:20000065`; the id itself when the vocabulary does not know it. */
export function topicName(id: string): string {
  return conceptOf(id)?.[0] ?? id;
}

/** The topics above this one, the outermost first; none above a top-level topic, nor above an id that is unknown. */
export function topicParents(id: string): { id: string; name: string }[] {
  const parent = conceptOf(id)?.[1];
  if (!parent) return [];
  const parentId = `medtop:${parent}`;
  return [...topicParents(parentId), { id: parentId, name: topicName(parentId) }];
}

/** Every Media Topic that the IPTC still recommends. */
export function currentTopicIds(): string[] {
  return Object.keys(concepts)
    .map((number) => `medtop:${number}`)
    .filter(isCurrentTopic);
}
