/** What a feed is about and where it is. Addresses are absolute. */
export type Feed = {
  /** An IRI that stays the feed's, whatever host it is asked at. */
  id: string;
  title: string;
  /** The page that readers see this listing on. */
  homeUrl: string;
  selfUrl: string;
  language: string;
  publicationName: string;
  /** The WebSub hub that tells subscribers of changes. */
  hubUrl?: string | undefined;
  /** Instant of the latest change, kills among them; null for a feed that never had a story. */
  updatedAt: string | null;
  /** In the order that they are to stand in. */
  entries: FeedEntry[];
  /** Killed stories. */
  deleted: DeletedEntry[];
};

/** A story. `contentHtml` is whole and escaped; all else is plain text. */
export type FeedEntry = {
  /** An IRI that stays the story's, whatever becomes of its address: `urn:uuid:…`. */
  id: string;
  url: string;
  title: string;
  summary: string | null;
  contentHtml: string;
  /** A name each. */
  byline: string[];
  /** `scheme` is an IRI. */
  categories: { term: string; label: string; scheme?: string }[];
  image: { url: string; alt: string } | null;
  language: string;
  publishedAt: string;
  updatedAt: string;
  rights?: string | null;
};

/** A killed story: its id, when it was killed, and what readers are told about it. */
export type DeletedEntry = { id: string; at: string; notice?: string | undefined };

export const generator = 'Dateline';
