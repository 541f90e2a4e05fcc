import type { RouteId } from '../../contract/routes/index.ts';

/** What there is to ask for: names of a newsroom's own. */
export type Readable = {
  /** Of a story that has been published twice, with picks of its editors, and another slug at first. */
  slug: string;
  earlierSlug: string;
  articleId: string;
  /** The id of its second version, and an instant at which its first one was public. */
  version: string;
  at: string;
  /** Twenty stories. */
  ids: readonly string[];
  section: string;
  topic: string;
  tag: string;
  place: string;
  person: string;
  author: string;
  /** Where a follower of the change log has come to: a page begins after it. */
  changesCursor: string;
  /** A page of the sitemap. */
  page: string;
  /** Of a preview link. */
  token: string;
};

type Operation = 'GetItem' | 'Query' | 'BatchGetItem';

/** What a public route is asked, and what that takes. */
export type Read = {
  route: RouteId;
  what: string;
  ask: (names: Readable) => { path?: Record<string, string>; query?: string };
  /** Requests to the database in their order; those within a list of their own go side by side. */
  requests: readonly (Operation | readonly Operation[])[];
  /** Read units at most, where stories and names are of usual length. */
  units: number;
  /** What makes it more, and how much at most. */
  grows: string;
};

/** Parameters of a query. */
export const named = (parameters: Record<string, string>) => ({ query: String(new URLSearchParams(parameters)) });
