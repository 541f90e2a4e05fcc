import * as z from 'zod/mini';
import { articleId, linkUrl, text, webUrl } from './text.ts';

/** Keys are unique within a body; editors' tools make them, so they only have to be short and plain. */
const key = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens or underscores'));

export const decorators = ['strong', 'em', 'underline', 'code'] as const;
export const blockStyles = ['normal', 'h2', 'h3', 'h4', 'blockquote'] as const;

/** Whose players may be embedded, and the hosts that their addresses are on. A page frames nothing else. */
export const embedHosts = {
  youtube: ['www.youtube.com', 'youtube.com', 'youtu.be'],
  vimeo: ['vimeo.com', 'player.vimeo.com'],
  x: ['x.com', 'twitter.com'],
  instagram: ['www.instagram.com', 'instagram.com'],
  tiktok: ['www.tiktok.com'],
  bluesky: ['bsky.app'],
  spotify: ['open.spotify.com'],
  soundcloud: ['soundcloud.com', 'w.soundcloud.com'],
  datawrapper: ['datawrapper.dwcdn.net'],
  flourish: ['flo.uri.sh', 'public.flourish.studio'],
} as const;

const span = z.strictObject({
  _type: z.literal('span'),
  _key: key,
  text: text({ min: 0, max: 20_000, multiline: true, keepSpace: true }),
  marks: z._default(z.array(key).check(z.maxLength(12)), []),
});

const link = z.strictObject({ _type: z.literal('link'), _key: key, href: linkUrl });

const textBlock = z
  .strictObject({
    _type: z.literal('block'),
    _key: key,
    style: z._default(z.enum(blockStyles), 'normal'),
    listItem: z.optional(z.enum(['bullet', 'number'])),
    level: z.optional(z.int().check(z.gte(1), z.lte(6))),
    children: z.array(span).check(z.minLength(1, 'must have at least one span'), z.maxLength(500)),
    markDefs: z._default(z.array(link).check(z.maxLength(200)), []),
  })
  .register(z.globalRegistry, { id: 'TextBlock' });

const image = z.strictObject({
  _type: z.literal('image'),
  _key: key,
  url: webUrl,
  alt: text({ max: 1000 }),
  caption: z.optional(text({ max: 2000 })),
  credit: z.optional(text({ max: 300 })),
  width: z.optional(z.int().check(z.gte(1), z.lte(30_000))),
  height: z.optional(z.int().check(z.gte(1), z.lte(30_000))),
});

const embed = z
  .strictObject({
    _type: z.literal('embed'),
    _key: key,
    provider: z.enum(Object.keys(embedHosts) as [keyof typeof embedHosts]),
    url: webUrl,
    caption: z.optional(text({ max: 2000 })),
  })
  .check(
    z.check(({ value, issues }) => {
      const hosts: readonly string[] = embedHosts[value.provider];
      const url = URL.parse(value.url);
      if (url?.protocol === 'https:' && hosts.includes(url.hostname)) return;
      const message = `must be an https address on ${hosts.join(' or ')}`;
      issues.push({ code: 'custom', message, path: ['url'], input: undefined });
    }),
  );

const quote = z.strictObject({
  _type: z.literal('quote'),
  _key: key,
  text: text({ max: 5000, multiline: true }),
  attribution: z.optional(text({ max: 300 })),
});

const factbox = z.strictObject({
  _type: z.literal('factbox'),
  _key: key,
  title: text({ max: 300 }),
  body: z.array(textBlock).check(z.minLength(1, 'must have at least one block'), z.maxLength(100)),
});

const relatedLink = z.strictObject({
  _type: z.literal('relatedLink'),
  _key: key,
  articleId,
  title: z.optional(text({ max: 300 })),
});

const block = z
  .discriminatedUnion('_type', [textBlock, image, embed, quote, factbox, relatedLink])
  .register(z.globalRegistry, { id: 'Block' });

/** Portable Text in the restricted profile: no raw HTML anywhere, so nothing downstream has markup to clean. */
export const bodySchema = z.array(block).check(
  z.maxLength(2000, 'must have at most 2000 blocks'),
  z.check(({ value, issues }) => {
    for (const problem of profileProblems(value)) issues.push({ code: 'custom', ...problem, input: undefined });
  }),
);

/** A body as it may be written: blocks, Markdown, or plain text with a blank line between paragraphs. */
export const bodyInputSchema = z.union(
  [
    bodySchema,
    z.strictObject({ markdown: text({ min: 0, max: 200_000, multiline: true, keepSpace: true }) }),
    z.strictObject({ text: text({ min: 0, max: 1_000_000, multiline: true, keepSpace: true }) }),
  ],
  'must be a list of blocks, {"markdown": "…"} or {"text": "…"}',
);

export type TextBlock = z.infer<typeof textBlock>;
export type Block = z.infer<typeof block>;
export type Body = z.infer<typeof bodySchema>;
export type BodyInput = z.infer<typeof bodyInputSchema>;

type Problem = { path: (string | number)[]; message: string };

function* profileProblems(body: readonly Block[]): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, entry] of body.entries()) {
    yield* keyProblems(entry, [index], seen);
    if (entry._type === 'block') yield* textBlockProblems(entry, [index], seen);
    if (entry._type !== 'factbox') continue;
    for (const [inner, innerBlock] of entry.body.entries()) {
      yield* keyProblems(innerBlock, [index, 'body', inner], seen);
      yield* textBlockProblems(innerBlock, [index, 'body', inner], seen);
    }
  }
}

function* keyProblems(entry: { _key: string }, path: (string | number)[], seen: Set<string>): Generator<Problem> {
  if (seen.has(entry._key)) yield { path: [...path, '_key'], message: `repeats the key ${JSON.stringify(entry._key)}` };
  seen.add(entry._key);
}

function* textBlockProblems(entry: TextBlock, path: (string | number)[], seen: Set<string>): Generator<Problem> {
  if (entry.level !== undefined && entry.listItem === undefined)
    yield { path: [...path, 'level'], message: 'needs a listItem' };
  const known = new Set<string>(decorators);
  for (const [index, definition] of entry.markDefs.entries()) {
    yield* keyProblems(definition, [...path, 'markDefs', index], seen);
    if (known.has(definition._key))
      yield { path: [...path, 'markDefs', index, '_key'], message: 'is the name of a mark and of a definition' };
    known.add(definition._key);
  }
  for (const [index, child] of entry.children.entries()) {
    yield* keyProblems(child, [...path, 'children', index], seen);
    for (const [position, mark] of child.marks.entries()) {
      if (child.marks.indexOf(mark) < position)
        yield { path: [...path, 'children', index, 'marks', position], message: 'is there twice' };
      if (known.has(mark)) continue;
      const message = `${JSON.stringify(mark)} is neither ${decorators.join(', ')} nor the key of a markDef of this block`;
      yield { path: [...path, 'children', index, 'marks', position], message };
    }
  }
}
