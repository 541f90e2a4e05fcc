import type { FeedEntry } from './feed.ts';
import { type Element, element } from './xml.ts';

/** https://www.rssboard.org/media-rss */
export const mediaNamespace = 'http://search.yahoo.com/mrss/';

/** The lead image as Media RSS: an `enclosure` has to say how many bytes it is, which nobody knows here. */
export function leadImage({ image }: FeedEntry): Element[] {
  if (image === null) return [];
  const { url, alt } = image;
  return [
    element('media:content', { url, medium: 'image' }, element('media:title', { type: 'plain' }, alt)),
    element('media:thumbnail', { url }),
  ];
}
