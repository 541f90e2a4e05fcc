// Trigger: GET /preview/v1/{token}.
// Effect: none; it reads the one working copy that the token opens.
// Follows: nothing. Nobody may keep what it answers.
import { AppError } from '../../contract/errors.ts';
import { getPreview } from '../../contract/routes/get-preview.ts';
import type { PreviewArticle } from '../../contract/schemas/preview.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { previewDocument } from '../../domain/article/preview.ts';
import { pointedAt } from '../../domain/article/public-document.ts';
import type { WorkingCopy } from '../../domain/article/working-copy.ts';
import { renderArticle } from '../../domain/formats/render.ts';
import type { Database } from '../../store/database.ts';
import { killedAmong } from '../../store/killed.ts';
import { findPreview } from '../../store/preview-links.ts';
import { getSection } from '../../store/sections.ts';
import { findWorkingCopy } from '../../store/working-copies.ts';
import { editorialDatabase } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { publicationSettings } from '../_shared/environment.ts';
import { htmlPolicy } from '../_shared/html-policy.ts';
import { json, type Reply, type Request } from '../_shared/request.ts';

/** 32 bytes in base64url. */
const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** Kept by nobody, found by no search engine, and its address told to no site that the text links to. */
const privacy = {
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'referrer-policy': 'no-referrer',
};

export const handler = endpoint(getPreview, async (request) => {
  const { path, query, now } = request;
  const database = editorialDatabase(request);
  const link = tokenForm.test(path.token) ? await findPreview(database, path.token) : undefined;
  const copy = link && (await findWorkingCopy(database, link.articleId));
  // What is in the trash may come back, and its links with it.
  if (!link || !copy || copy.stage === 'trashed') throw opensNothing();
  if (copy.stage === 'killed') throw new AppError('gone', 'The article was killed: there is nothing to preview.');
  return replyOf(await documentOf(database, copy, now), query.format, link.expiresAt);
});

/** The same for every reason, so that it tells nothing of any link. */
function opensNothing(): AppError {
  return new AppError(
    'not_found',
    'There is no such preview. Its time may be over; the newsroom can give you another link.',
  );
}

async function documentOf(database: Database, copy: WorkingCopy, now: Date): Promise<PublishedArticle> {
  const [section, killed] = await Promise.all([
    copy.article.section === null ? undefined : getSection(database, copy.article.section),
    killedAmong(database, pointedAt(copy.article)),
  ]);
  const { siteUrlTemplate } = publicationSettings();
  return previewDocument(copy, { section, siteUrlTemplate, killed, now });
}

function replyOf(
  document: PublishedArticle,
  format: Request<typeof getPreview>['query']['format'],
  expiresAt: string,
): Reply {
  const headers = { ...privacy, 'content-language': document.language };
  if (format === 'json') {
    const answer: PreviewArticle = { ...document, preview: { expiresAt } };
    return json(200, answer, headers);
  }
  const { name: publicationName } = publicationSettings();
  const { mediaType, body } = renderArticle(document, format, { publicationName, preview: { expiresAt } });
  const policy = format === 'html' ? { 'content-security-policy': htmlPolicy } : {};
  return { status: 200, headers: { ...headers, ...policy, 'content-type': mediaType }, body };
}
