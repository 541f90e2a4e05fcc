import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { inMinutes, itemsWith, type Newsroom } from './newsroom.ts';

/** Stands in everything that the article below says, and nowhere else. */
export const word = 'xylophone';

/**
 * An article in the trash that has been everywhere an article can be: imported and published with keys, in review,
 * scheduled, corrected, at two addresses, locked, pointed at, and withdrawn.
 */
export async function toldEverywhere({ act, call, published }: Newsroom): Promise<EditorialArticle> {
  const key = (name: string) => ({ 'idempotency-key': `${name}-${inMinutes(0)}-${Math.random()}` });
  const fields = {
    headline: word,
    deck: `A ${word}`,
    slugline: word.toUpperCase(),
    section: 'world',
    tags: [word],
    places: [word],
    people: [word],
    authors: [{ name: word }],
    internalNote: word,
    extras: { public: { note: word } },
    body: { text: `The ${word}.` },
    related: [(await published()).id],
  };
  const { json } = await call('createArticle', { body: fields, headers: key('create') });
  const pointing = await published({ related: [json.id] });
  const submitted = await act('submitArticle', json, { body: { note: `Is it a ${word}?` } });
  const returned = await act('returnArticle', submitted, { body: { note: `It is a ${word}.` } });
  const body = { publishAt: inMinutes(60), note: `At last, a ${word}` };
  const scheduled = await act('scheduleArticle', returned, { body });
  const live = await act('publishArticle', scheduled, { headers: key('publish') });
  const edited = await act('updateArticle', live, {
    body: { slug: `${word}-again`, body: { text: `No ${word}.` } },
  });
  const corrected = await act('publishArticle', edited, {
    body: { kind: 'correction', note: `There was no ${word}.` },
  });
  await act('lockArticle', corrected, { body: {} });
  await act('unpublishArticle', pointing);
  return await act('trashArticle', await act('unpublishArticle', corrected));
}

export function itemsOfTheWord({ editorial, content }: Awaited<ReturnType<Newsroom['everything']>>): string[] {
  const items = [...editorial, ...content].map(({ pk, sk, ...item }) => ({ ...item, pk, sk, key: `${pk} ${sk}` }));
  return [...itemsWith(word, items), ...itemsWith(word.toUpperCase(), items)];
}
