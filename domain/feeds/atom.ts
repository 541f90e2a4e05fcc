import { feedMediaTypes } from '../../contract/formats.ts';
import { type DeletedEntry, type Feed, type FeedEntry, generator } from './feed.ts';
import { leadImage, mediaNamespace } from './lead-image.ts';
import { type Element, element, textElement, xmlDocument } from './xml.ts';

/** When an empty feed was last changed: `updated` is required, and reading the clock would change it at every request. */
export const neverUpdated = '1970-01-01T00:00:00Z';

/** Atom (RFC 4287), with killed stories as tombstones (RFC 6721) so that readers take away what they had kept. */
export function atomFeed(feed: Feed): string {
  const namespaces = {
    xmlns: 'http://www.w3.org/2005/Atom',
    'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
    'xmlns:media': mediaNamespace,
  };
  return xmlDocument(
    element(
      'feed',
      { ...namespaces, 'xml:lang': feed.language },
      textElement('id', feed.id),
      textElement('title', feed.title),
      textElement('updated', feed.updatedAt ?? neverUpdated),
      person(feed.publicationName),
      element('link', { rel: 'self', type: feedMediaTypes.atom, href: feed.selfUrl }),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.homeUrl }),
      feed.hubUrl === undefined ? null : element('link', { rel: 'hub', href: feed.hubUrl }),
      textElement('generator', generator),
      feed.deleted.map(tombstone),
      feed.entries.map(entryElement),
    ),
  );
}

/** A story without a byline has the feed's author (RFC 4287, §4.2.1). */
function entryElement(entry: FeedEntry): Element {
  const language = { 'xml:lang': entry.language };
  return element(
    'entry',
    language,
    textElement('id', entry.id),
    textElement('title', entry.title),
    textElement('updated', entry.updatedAt),
    textElement('published', entry.publishedAt),
    entry.byline.map(person),
    element('link', { rel: 'alternate', type: 'text/html', hreflang: entry.language, href: entry.url }),
    entry.categories.map(({ term, label, scheme }) => element('category', { term, scheme, label })),
    textElement('rights', entry.rights),
    textElement('summary', entry.summary),
    element('content', { type: 'html', ...language }, entry.contentHtml),
    leadImage(entry),
  );
}

function person(name: string): Element {
  return element('author', {}, textElement('name', name));
}

function tombstone({ id, at, notice }: DeletedEntry): Element {
  return element('at:deleted-entry', { ref: id, when: at }, textElement('at:comment', notice));
}
