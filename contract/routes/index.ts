import type { ReactionId } from '../events.ts';
import type { Route } from '../route.ts';
import { approveArticle } from './approve-article.ts';
import { compareArticleVersions } from './compare-article-versions.ts';
import { compareRevisions } from './compare-revisions.ts';
import { createArticle } from './create-article.ts';
import { createPreviewLink } from './create-preview-link.ts';
import { deleteSection } from './delete-section.ts';
import { findPublishedArticle } from './find-published-article.ts';
import { getArticle } from './get-article.ts';
import { getArticleVersion } from './get-article-version.ts';
import { getFeed } from './get-feed.ts';
import { getHealth } from './get-health.ts';
import { getHistory } from './get-history.ts';
import { getNewsSitemap } from './get-news-sitemap.ts';
import { getPreview } from './get-preview.ts';
import { getPublishedArticle } from './get-published-article.ts';
import { getRevision } from './get-revision.ts';
import { getSitemap } from './get-sitemap.ts';
import { importWireCopy } from './import-wire-copy.ts';
import { killArticle } from './kill-article.ts';
import { listArticleVersions } from './list-article-versions.ts';
import { listArticles } from './list-articles.ts';
import { listChanges } from './list-changes.ts';
import { listCorrections } from './list-corrections.ts';
import { listPreviewLinks } from './list-preview-links.ts';
import { listPublishedArticles } from './list-published-articles.ts';
import { listPublishedSections } from './list-published-sections.ts';
import { listPublishedTopics } from './list-published-topics.ts';
import { listRelatedArticles } from './list-related-articles.ts';
import { listRevisions } from './list-revisions.ts';
import { listSections } from './list-sections.ts';
import { listTopics } from './list-topics.ts';
import { lockArticle } from './lock-article.ts';
import { publishArticle } from './publish-article.ts';
import { purgeArticle } from './purge-article.ts';
import { putSection } from './put-section.ts';
import { restoreArticle } from './restore-article.ts';
import { returnArticle } from './return-article.ts';
import { revertArticle } from './revert-article.ts';
import { revokePreviewLink } from './revoke-preview-link.ts';
import { scheduleArticle } from './schedule-article.ts';
import { submitArticle } from './submit-article.ts';
import { trashArticle } from './trash-article.ts';
import { unlockArticle } from './unlock-article.ts';
import { unpublishArticle } from './unpublish-article.ts';
import { unscheduleArticle } from './unschedule-article.ts';
import { updateArticle } from './update-article.ts';

/**
 * The API. The stack, the OpenAPI document, the local gateway and the client each loop over this table; a function
 * imports its own routes only, so that no other route's schemas reach its bundle.
 */
export const routes = {
  createArticle,
  importWireCopy,
  listArticles,
  getArticle,
  updateArticle,
  submitArticle,
  returnArticle,
  approveArticle,
  scheduleArticle,
  unscheduleArticle,
  publishArticle,
  unpublishArticle,
  killArticle,
  trashArticle,
  restoreArticle,
  purgeArticle,
  lockArticle,
  unlockArticle,
  listRevisions,
  getRevision,
  compareRevisions,
  revertArticle,
  getHistory,
  createPreviewLink,
  listPreviewLinks,
  revokePreviewLink,
  listSections,
  putSection,
  deleteSection,
  listTopics,
  listPublishedArticles,
  getPublishedArticle,
  findPublishedArticle,
  listRelatedArticles,
  listArticleVersions,
  getArticleVersion,
  compareArticleVersions,
  listCorrections,
  listPublishedSections,
  listPublishedTopics,
  listChanges,
  getFeed,
  getNewsSitemap,
  getSitemap,
  getPreview,
  getHealth,
} as const satisfies Record<string, Route>;

export type RouteId = keyof typeof routes;

/** Functions that no route names: CloudFormation, people who operate the stage, the clock, and the content table's stream call them. */
export type BackgroundFunctionId = 'load-seeds' | 'rerender-articles' | 'run-due' | ReactionId;

export type FunctionId = (typeof routes)[RouteId]['function'] | BackgroundFunctionId;
