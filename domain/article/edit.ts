import type { Article, ArticlePatch } from '../../contract/schemas/article.ts';
import { slugFrom } from '../slug.ts';
import { patchArticle } from './article.ts';
import { nextStage } from './lifecycle.ts';
import { assertVersion } from './version.ts';
import { actorOf, type Caller, type Decision, type WorkingCopy } from './working-copy.ts';

type NewArticle = { id: string; article: Article; action: 'create' | 'import'; caller: Caller; now: Date };

/** A new draft, version and revision 1. */
export function createCopy({ id, article, action, caller, now }: NewArticle): Decision {
  const at = now.toISOString();
  const by = actorOf(caller);
  return {
    basedOn: null,
    copy: {
      id,
      stage: 'draft',
      version: 1,
      revision: 1,
      createdAt: at,
      createdBy: by,
      updatedAt: at,
      updatedBy: by,
      publication: null,
      rendering: 0,
      headlineSlug: slugFrom(article.headline),
      article,
    },
    history: { action, at, by, version: 1, fromRevision: null, toRevision: 1 },
  };
}

type Update = { patch: ArticlePatch; basedOn: number; caller: Caller; now: Date };

/**
 * The copy with the patch applied, as its next version and revision; undefined when the patch changes nothing, which is
 * then not worth a revision. Throws `version_conflict`, `not_allowed`, `forbidden`, `invalid_request`.
 */
export function updateCopy(copy: WorkingCopy, { patch, basedOn, caller, now }: Update): Decision | undefined {
  assertVersion(copy, basedOn);
  const stage = nextStage(copy, 'update', caller);
  const article = patchArticle(copy.article, patch);
  if (JSON.stringify(article) === JSON.stringify(copy.article)) return undefined;
  const at = now.toISOString();
  const by = actorOf(caller);
  const version = copy.version + 1;
  const revision = copy.revision + 1;
  return {
    basedOn,
    copy: {
      ...copy,
      stage,
      version,
      revision,
      updatedAt: at,
      updatedBy: by,
      headlineSlug: slugFrom(article.headline),
      article,
    },
    history: { action: 'update', at, by, version, fromRevision: copy.revision, toRevision: revision },
  };
}
