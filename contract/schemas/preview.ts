import * as z from 'zod/mini';
import { actorSchema } from './editorial-article.ts';
import { publishedArticleSchema } from './published-article.ts';
import { instant, webUrl } from './text.ts';

/** A day, unless it is said otherwise; a week at most, so that no link is forgotten for long. */
export const previewLinkRequestSchema = z.strictObject({
  minutes: z._default(z.int().check(z.gte(1), z.lte(7 * 24 * 60)), 24 * 60),
});
export type PreviewLinkRequest = z.infer<typeof previewLinkRequestSchema>;

const link = {
  /** For revoking it. It opens nothing. */
  id: z.string(),
  createdAt: instant,
  createdBy: actorSchema,
  expiresAt: instant,
};

export const previewLinkSchema = z.strictObject(link);
export type PreviewLink = z.infer<typeof previewLinkSchema>;

/** With the address, which is told this once. */
export const newPreviewLinkSchema = z.strictObject({ ...link, url: webUrl });
export type NewPreviewLink = z.infer<typeof newPreviewLinkSchema>;

/** Without a cursor: an article has no more than a few. */
export const previewLinkPageSchema = z.strictObject({ items: z.array(previewLinkSchema) });

/** What readers would get if the working copy was published now, marked as what they do not have. */
export const previewArticleSchema = z.extend(publishedArticleSchema, {
  preview: z.strictObject({ expiresAt: instant }),
});
export type PreviewArticle = z.infer<typeof previewArticleSchema>;
