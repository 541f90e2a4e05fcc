/**
 * What happens to what the public sees, and which functions follow it. The stack and the local system loop over
 * `reactions`, as they do over the route table.
 *
 * Every event comes from one item of the content table: an article's current slug, which each publication and each
 * withdrawal writes in its transaction. So an event exists exactly when its change was committed, and by the time that it
 * is sent its change can be read.
 */
export type ArticleEvent = {
  /**
   * `published`: it was not public before. `republished`: it was, and is, perhaps under another slug. `withdrawn` may be
   * published again; `killed` never. `relisted`: nothing that readers were told of, but it was rendered anew and stands
   * elsewhere or is called something else, as after a section was renamed.
   */
  type: 'articlePublished' | 'articleRepublished' | 'articleWithdrawn' | 'articleKilled' | 'articleRelisted';
  articleId: string;
  /** Rises with each publication, withdrawal and kill. Rendering anew repeats it, and after a restore it may be lower. */
  seq: number;
  /** Where it is or was published. */
  slug: string;
  /** Where it was before, if that is elsewhere. */
  previousSlug?: string | undefined;
  /** A ULID, unique to the change and the same when the event is delivered again: a later change has a greater one. */
  changeId: string;
  /** Whether words were taken from it that nobody may read any more: a link to a story that was killed. */
  takesAway?: true | undefined;
  /** The request that made the change, or the run that rendered anew; none for the seeds. */
  causedBy?: string | undefined;
};

/** The functions that follow these events, each on its own and in the order of each article's events. */
export const reactions = {
  'purge-edge': { to: ['articleRepublished', 'articleWithdrawn', 'articleKilled'] },
  'count-published': {
    to: ['articlePublished', 'articleRepublished', 'articleWithdrawn', 'articleKilled', 'articleRelisted'],
  },
} as const satisfies Record<string, { to: readonly ArticleEvent['type'][] }>;

export type ReactionId = keyof typeof reactions;
