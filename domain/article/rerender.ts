import type { Article } from '../../contract/schemas/article.ts';
import type { PublishedArticle, PublishedSummary } from '../../contract/schemas/published-article.ts';
import { listingsOf, publicDocument, publicSummary, type Section } from './public-document.ts';
import type { Publication, WorkingCopy } from './working-copy.ts';

/** What is public of an article, made anew: nothing of it is a decision of today. */
export type Rendering = {
  /** As it was, but for the listings that its publication stands in. */
  copy: WorkingCopy;
  /** What stood before, so that rows of listings that it left can be found. */
  previous: Publication;
  publication: Publication;
  document: PublishedArticle;
  summary: PublishedSummary;
};

type Source = {
  /** The article as it was published, which the working copy may have left behind. */
  published: Article;
  /** Its section as the taxonomy has it now. */
  section: Section;
  siteUrlTemplate: string;
  /** Ids of its related stories that were killed. */
  killed: ReadonlySet<string>;
};

/** Renders the live publication of an article as publishing it did, from the same revision and with the same times and notes. */
export function rerender(
  copy: WorkingCopy,
  previous: Publication,
  { published, section, siteUrlTemplate, killed }: Source,
): Rendering {
  const publication = { ...previous, listKeys: listingsOf(published, section) };
  const document = publicDocument({ id: copy.id, article: published, publication, section, siteUrlTemplate, killed });
  return {
    copy: { ...copy, publication },
    previous,
    publication,
    document,
    summary: publicSummary(document),
  };
}

/** The listings that a document of readers stood in: those of its article. */
export function listingsOfDocument(document: PublishedArticle): string[] {
  return listingsOf({ ...document, topics: document.topics.map(({ id }) => id) }, document.section);
}
