import * as z from 'zod/mini';
import { extrasProblems } from '../extras.ts';
import { isListable, largestListedName } from '../listed-name.ts';
import { byId } from '../published-paths.ts';
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

/** A name that a listing is kept for: it has to fit a key of the database however it is folded. */
const listedName = (max: number) =>
  text({ max }).check(z.refine(isListable, `must be at most ${largestListedName} bytes in its plain form`));

const author = z.strictObject({
  name: listedName(200),
  role: z._default(z.nullable(text({ max: 100 })), null),
});

/** Any JSON value. */
export const json = z.json().register(z.globalRegistry, { id: 'Json' });

/** A site's own fields: checked, and stored exactly as they were sent. */
export const extrasSchema = z
  .custom<Record<string, z.infer<typeof json>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    {
      error: 'must be an object',
      abort: true,
    },
  )
  .check(
    z.check(({ value, issues }) => {
      for (const problem of extrasProblems(value)) issues.push({ code: 'custom', ...problem, input: undefined });
    }),
  )
  .register(z.globalRegistry, { type: 'object', additionalProperties: true } as Record<string, unknown>);

const articleSlug = slug.check(
  z.refine((value) => value !== byId, 'must be another one: it leads to articles by their ids'),
);

const optionalText = (max: number, multiline = false) => z.nullable(text({ max, multiline }));

/** The fields that editors work on, as stored and as answered: every one is there, null or empty when not set. */
export const workingFields = {
  headline: text({ max: 300 }),
  deck: optionalText(1000),
  slugline: optionalText(120),
  slug: z.nullable(articleSlug),
  section: z.nullable(slug),
  topics: list(topicId, 10),
  tags: list(listedName(80), 12),
  places: list(listedName(80), 6),
  people: list(listedName(120), 6),
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
