/**
 * The forms that a published article can be had in, each with the media type by which `Accept` asks for it, or null for a
 * form that has no registered type of its own: only `?format=` names that one. The first is what is served to whoever asks
 * for none.
 */
export const formats = {
  json: 'application/json',
  html: 'text/html',
  markdown: 'text/markdown',
  text: 'text/plain',
  /** Plain text too, laid out as agencies send it. */
  wire: null,
  /** IANA has registered types of IPTC's XML formats, and none of ninjs (https://www.iana.org/assignments/media-types). */
  ninjs: null,
  jsonld: 'application/ld+json',
} as const satisfies Record<string, string | null>;

export type Format = keyof typeof formats;

/** What the forms beside JSON arrive as. */
export const formatMediaTypes = ['text/html', 'text/markdown', 'text/plain', 'application/ld+json'] as const;

/** The forms that a feed can be had in, by the end of its name. */
export const feedMediaTypes = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
} as const;

export type FeedFormat = keyof typeof feedMediaTypes;
