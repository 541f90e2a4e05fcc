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
