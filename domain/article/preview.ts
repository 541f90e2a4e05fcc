import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { wantedSlug } from './address.ts';
import { publicDocument, type Section } from './public-document.ts';
import type { Publication, WorkingCopy } from './working-copy.ts';

/** Where a story stands that nobody has put anywhere yet: it says so itself, wherever a section is printed. */
export const unfiled: Section = { slug: 'unfiled', name: 'Unfiled' };

export type PreviewOptions = {
  /** The article's section, or undefined where it has none, or the taxonomy none of that slug. */
  section: Section | undefined;
  siteUrlTemplate: string;
  /** Ids of its related stories that were killed. */
  killed: ReadonlySet<string>;
  now: Date;
};

/**
 * What readers would get if the copy was published now as it is, whatever still keeps it from that: an embargo, a section or
 * a body that it lacks, the desk's rules.
 */
export function previewDocument(
  copy: WorkingCopy,
  { section = unfiled, siteUrlTemplate, killed, now }: PreviewOptions,
): PublishedArticle {
  const { id, article } = copy;
  const publication = provisionalPublication(copy, now.toISOString());
  return publicDocument({ id, article, publication, section, siteUrlTemplate, killed });
}

/** The slug is the one that it has or asks for; when another story has claimed that, publishing numbers it. */
function provisionalPublication(copy: WorkingCopy, at: string): Publication {
  const { publication: previous, revision } = copy;
  return {
    state: 'live',
    slug: wantedSlug(copy).slug,
    revision,
    kind: previous ? 'update' : 'initial',
    firstPublishedAt: previous?.firstPublishedAt ?? at,
    publishedAt: at,
    sortAt: previous?.sortAt ?? at,
    listKeys: [],
    notes: previous?.notes ?? [],
    corrections: [],
    kill: null,
    seq: (previous?.seq ?? 0) + 1,
  };
}
