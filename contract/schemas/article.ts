import * as z from 'zod/mini';
import { bodyInputSchema, bodySchema } from './body.ts';
import { datelineSchema } from './dateline.ts';
import { articleId, instant, list, slug, text, webUrl } from './text.ts';

/** IPTC Media Topics: `medtop:` and eight digits (https://cv.iptc.org/newscodes/mediatopic/). */
export const topicId = z
  .string()
  .check(z.regex(/^medtop:\d{8}$/, 'must be an IPTC Media Topic such as medtop:20000065'));

/** BCP 47, in its canonical spelling: `en-us` is stored as `en-US`. */
export const language = z.string().check(
  z.maxLength(35, 'must be at most 35 characters'),
  z.check((context) => {
    const canonical = canonicalLanguage(context.value);
    if (canonical === undefined)
      context.issues.push({
        code: 'custom',
        message: 'must be a BCP 47 language tag such as en or pt-BR',
        input: undefined,
      });
    else context.value = canonical;
  }),
);

function canonicalLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

const imageParts = {
  url: webUrl,
  alt: text({ max: 1000 }),
  caption: z.nullable(text({ max: 2000 })),
  credit: z.nullable(text({ max: 300 })),
  width: z.nullable(z.int().check(z.gte(1), z.lte(30_000))),
  height: z.nullable(z.int().check(z.gte(1), z.lte(30_000))),
};

/** The lead image. `width` and `height` are in pixels. */
export const imageSchema = z.strictObject({
  ...imageParts,
  caption: z._default(imageParts.caption, null),
  credit: z._default(imageParts.credit, null),
  width: z._default(imageParts.width, null),
  height: z._default(imageParts.height, null),
});

const seoParts = {
  title: z.nullable(text({ max: 300 })),
  description: z.nullable(text({ max: 1000 })),
};

export const seoSchema = z.strictObject({
  title: z._default(seoParts.title, null),
  description: z._default(seoParts.description, null),
});

const author = z.strictObject({
  name: text({ max: 200 }),
  role: z._default(z.nullable(text({ max: 100 })), null),
});

/** Enough for a site's own fields, small enough to leave the article its room in a 400 kB item. */
const largestExtras = 16_384;
const deepestExtras = 16;

/** Any JSON value. */
export const json = z.json().register(z.globalRegistry, { id: 'Json' });
export const extrasSchema = z.record(text({ max: 100 }), json).check(
  z.check(({ value, issues }) => {
    const refuse = (message: string) => issues.push({ code: 'custom', message, input: undefined });
    const problem = extrasProblem(value);
    if (problem) refuse(problem);
  }),
);

function extrasProblem(extras: Record<string, unknown>): string | undefined {
  const serialized = JSON.stringify(extras);
  const bytes = new TextEncoder().encode(serialized).length;
  if (bytes > largestExtras) return `must be at most 16 kB as JSON, and this is ${bytes} bytes`;
  if (depth(extras) > deepestExtras) return `must not be nested deeper than ${deepestExtras} levels`;
  if (serialized.includes('\uFFFD')) return 'must be valid UTF-8: it contains a replacement character (U+FFFD)';
  return undefined;
}

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}

const optionalText = (max: number, multiline = false) => z.nullable(text({ max, multiline }));

/** The fields that editors work on, as stored and as answered: every one is there, null or empty when not set. */
export const workingFields = {
  headline: text({ max: 300 }),
  deck: optionalText(1000),
  slugline: optionalText(120),
  slug: z.nullable(slug),
  section: z.nullable(slug),
  topics: list(topicId, 10),
  tags: list(text({ max: 80 }), 12),
  places: list(text({ max: 80 }), 6),
  people: list(text({ max: 120 }), 6),
  organisations: list(text({ max: 160 }), 6),
  dateline: z.nullable(datelineSchema),
  authors: z.array(author).check(z.maxLength(4, 'must have at most 4 entries')),
  agency: optionalText(80),
  signOff: optionalText(500),
  creditLine: optionalText(300),
  usageTerms: optionalText(1000, true),
  copyrightNotice: optionalText(300),
  image: z.nullable(imageSchema),
  language,
  translationOf: z.nullable(articleId),
  body: bodySchema,
  advisory: optionalText(1000, true),
  related: list(articleId, 20),
  urgency: z.nullable(z.int().check(z.gte(1), z.lte(9))),
  breaking: z.boolean(),
  embargoUntil: z.nullable(instant),
  canonicalUrl: z.nullable(webUrl),
  seo: z.nullable(seoSchema),
  internalNote: optionalText(5000, true),
  extras: z.nullable(extrasSchema),
};

export const articleSchema = z.strictObject(workingFields);

/** The content of an article: what a revision keeps. */
export type Article = z.infer<typeof articleSchema>;

const orNull = <Schema extends z.core.SomeType>(schema: Schema) => z.optional(z.nullable(schema));

/**
 * `updateArticle`, a JSON Merge Patch (RFC 7396): a missing field stays, null unsets it, lists and `body` are replaced
 * whole, the members of `dateline`, `image`, `seo` and `extras` merge. What the merge gives is checked once more against
 * `articleSchema`.
 */
export const articlePatchSchema = z.strictObject({
  ...z.partial(articleSchema).shape,
  topics: orNull(workingFields.topics),
  tags: orNull(workingFields.tags),
  places: orNull(workingFields.places),
  people: orNull(workingFields.people),
  organisations: orNull(workingFields.organisations),
  authors: orNull(workingFields.authors),
  related: orNull(workingFields.related),
  breaking: orNull(workingFields.breaking),
  body: orNull(bodyInputSchema),
  dateline: orNull(z.partial(datelineSchema)),
  image: orNull(z.partial(z.strictObject(imageParts))),
  seo: orNull(z.partial(z.strictObject(seoParts))),
});

/** `createArticle`: as a patch on an empty article. Only the headline is required. */
export const articleInputSchema = z.extend(articlePatchSchema, { headline: workingFields.headline });

export type ArticlePatch = z.infer<typeof articlePatchSchema>;
