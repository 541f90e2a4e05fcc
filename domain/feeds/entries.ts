import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import type { CorrectionEntry } from '../article/corrections.ts';
import type { FeedStory } from '../article/feed-story.ts';
import { urnOf } from '../article/urn.ts';
import { bodyHtml, figureHtml } from '../formats/html-body.ts';
import { element, escapeHtml, linesHtml } from '../formats/html-elements.ts';
import { topicCode, topicScheme } from '../formats/topic-uri.ts';
import type { FeedEntry } from './feed.ts';

type StoryHead = Pick<
  PublishedSummary,
  'id' | 'url' | 'headline' | 'deck' | 'language' | 'firstPublishedAt' | 'publishedAt'
>;

/** A story with its text; of a very long one the beginning, and where to read on. */
export function storyFeedEntry(story: FeedStory): FeedEntry {
  const { url, headline, section, topics, tags, authors, agency, image, language, body } = story;
  const { dateline, advisory, isCut, copyrightNotice } = story;
  const names = authors.map(({ name }) => name);
  const content = [
    image ? figureHtml(image) : '',
    element('p', element('em', linesHtml(advisory))),
    bodyHtml(body, { dateline: dateline?.text ?? null, language }),
    isCut ? readOn(url, headline) : '',
  ];
  return {
    ...headOf(story),
    contentHtml: content.filter(Boolean).join('\n'),
    byline: names.length > 0 || agency === null ? names : [agency],
    categories: [
      { term: section.slug, label: section.name },
      ...topics.map(({ id: topic, name: label }) => ({ term: topicCode(topic), label, scheme: topicScheme })),
      ...tags.map((tag) => ({ term: tag, label: tag })),
    ],
    image: image && { url: image.url, alt: image.alt },
    rights: copyrightNotice,
  };
}

/** The beginning of a story, as a listing has it. */
export function summaryFeedEntry(summary: PublishedSummary): FeedEntry {
  // A row from before listings had bylines has none.
  const { url, headline, deck, section, byline = [], image } = summary;
  const content = [image ? figureHtml(image) : '', element('p', escapeHtml(deck ?? '')), readOn(url, headline)];
  return {
    ...headOf(summary),
    contentHtml: content.filter(Boolean).join('\n'),
    byline,
    categories: [{ term: section.slug, label: section.name }],
    image,
  };
}

/** What the entry of any story has from it, whole or not. */
function headOf({ id, url, headline, deck, language, firstPublishedAt, publishedAt }: StoryHead) {
  return {
    id: urnOf(id),
    url,
    title: headline,
    summary: deck,
    language,
    publishedAt: firstPublishedAt,
    updatedAt: publishedAt,
  };
}

function readOn(url: string, headline: string): string {
  return `<p><a href="${escapeHtml(url)}">${escapeHtml(headline)}</a></p>`;
}

/** What was corrected in a story, an entry of its own: the story’s is in the other feeds. */
export function correctionFeedEntry(correction: CorrectionEntry): FeedEntry {
  const { id, url, headline, section, language, at, note, changes } = correction;
  const told = changes.map(({ before, after }) =>
    [before === null ? '' : element('del', linesHtml(before)), after === null ? '' : element('ins', linesHtml(after))]
      .filter(Boolean)
      .map((text) => element('p', text))
      .join('\n'),
  );
  return {
    id: `${urnOf(id)}#${at}`,
    url,
    title: headline,
    summary: note,
    contentHtml: [element('p', linesHtml(note)), ...told, readOn(url, headline)].join('\n'),
    byline: [],
    categories: [{ term: section.slug, label: section.name }],
    image: null,
    language,
    publishedAt: at,
    updatedAt: at,
  };
}
