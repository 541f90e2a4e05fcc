import { AppError, invalidField } from '../../contract/errors.ts';
import type { PublishRequest } from '../../contract/schemas/action-requests.ts';
import type { Article } from '../../contract/schemas/article.ts';
import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import { publicDocument, type Section } from './public-document.ts';
import type { Publication, WorkingCopy } from './working-copy.ts';

/** The section it is published in, once everything that a publication at `at` needs is there. */
export function assertPublishable({ article }: WorkingCopy, at: Date, section: Section | undefined): Section {
  const { embargoUntil } = article;
  if (embargoUntil && Date.parse(embargoUntil) > at.getTime())
    throw new AppError(
      'embargoed',
      `The article is under embargo until ${embargoUntil}. Schedule it for then or later.`,
      { fields: [{ pointer: '/embargoUntil', detail: `is ${embargoUntil}` }] },
    );
  const missing = [
    ...(section ? [] : [{ pointer: '/section', detail: sectionProblem(article.section) }]),
    ...(article.body.length > 0 ? [] : [{ pointer: '/body', detail: 'must not be empty' }]),
  ];
  if (!section || missing.length > 0) {
    const named = missing.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    throw new AppError('incomplete', `Before it can be published: ${named}.`, { fields: missing });
  }
  return section;
}

function sectionProblem(slug: string | null): string {
  return slug === null ? 'must be set' : `must be a section that exists, and ${slug} does not`;
}

/** The kind of the next publication: the first is initial, a later one is an update unless it says otherwise. */
export function publicationKindOf(previous: Publication | null, { kind, note }: PublishRequest): PublicationKind {
  if (!previous) {
    if (kind !== undefined && kind !== 'initial')
      throw invalidField('/kind', 'must be initial: the article was never published before');
    return 'initial';
  }
  if (kind === 'initial')
    throw invalidField(
      '/kind',
      'must be update, correction, clarification or refile: the article was published before',
    );
  if (kind === 'correction' && note === undefined)
    throw invalidField('/note', 'is required for a correction: readers are told what was wrong');
  return kind ?? 'update';
}

/**
 * Throws `nothing_to_publish` when readers would get what they have. A note is news to them, and a refile is sent again on
 * purpose. `publicBefore` is the article as it is public, where that is another revision.
 */
export function assertNews(copy: WorkingCopy, { kind, note }: PublishRequest, publicBefore: Article | undefined): void {
  const { publication, article } = copy;
  if (publication?.state !== 'live' || note !== undefined || kind === 'refile') return;
  if (publicBefore && shown(publicBefore, publication) !== shown(article, publication)) return;
  throw new AppError(
    'nothing_to_publish',
    'Nothing that readers see has changed since the last publication. A note, or the kind refile, is published all the same.',
  );
}

/** All that readers see of the content, whatever its publication adds to it. */
function shown(article: Article, publication: Publication): string {
  const section = { slug: article.section ?? '', name: '' };
  const asked = { ...publication, slug: article.slug ?? publication.slug };
  return JSON.stringify(
    publicDocument({ id: '', article, publication: asked, section, siteUrlTemplate: '', killed: new Set() }),
  );
}
