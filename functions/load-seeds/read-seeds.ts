import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod/mini';
import { AppError } from '../../contract/errors.ts';
import { fieldErrors } from '../../contract/field-errors.ts';
import { unreadableText } from '../../contract/readable-text.ts';
import { type Article, articlePatchSchema } from '../../contract/schemas/article.ts';
import { articleId, instant, slug, text } from '../../contract/schemas/text.ts';
import { wantedSlug } from '../../domain/article/address.ts';
import { createCopy } from '../../domain/article/edit.ts';
import { articleFromWireCopy } from '../../domain/article/from-wire-copy.ts';
import type { Section } from '../../domain/article/public-document.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';
import { packArticle } from '../../store/items.ts';
import { seeder } from './seeder.ts';

/** A story of the seeds folder, read and checked. */
export type Seed = { file: string; id: string; publishedAt: Date; article: Article };
export type Seeds = { sections: Section[]; stories: Seed[] };

const sectionsFile = 'sections.json';
const manifestFile = 'manifest.json';

const sectionsSchema = z.array(z.strictObject({ slug, name: text({ max: 120 }) })).check(z.minLength(1));

/** What the text of a story does not say. `article` has any further field of the article. */
const manifestSchema = z.strictObject({
  stories: z.array(
    z.strictObject({
      file: z.string().check(z.regex(/^[a-z0-9-]+\.txt$/, 'must be the name of a .txt file in this folder')),
      id: articleId,
      year: z.int().check(z.gte(1800), z.lte(2200)),
      publishedAt: instant,
      article: articlePatchSchema,
    }),
  ),
});
type Story = z.infer<typeof manifestSchema>['stories'][number];

type JsonFile<Value> = { value: Value; lineOf: (path: (string | number)[]) => number };

/** A seed that can't be loaded. The message names the file and the line. */
export class BrokenSeed extends Error {
  override name = 'BrokenSeed';

  constructor(file: string, line: number, what: string, options?: ErrorOptions) {
    super(`seeds/${file}:${line} ${what}. No seed was loaded; mend the file and deploy or start again.`, options);
  }
}

/**
 * Reads every seed and checks that it can be published, without writing anything. Throws `BrokenSeed` for the first that is
 * not in order.
 */
export async function readSeeds(folder: string, publicationLanguage: string, now: Date): Promise<Seeds> {
  const sections = await readJson(folder, sectionsFile, sectionsSchema);
  assertUnique(
    sectionsFile,
    sections,
    sections.value.map((section, index) => [section.slug, [index, 'slug']]),
  );
  const manifest = await readJson(folder, manifestFile, manifestSchema);
  const { stories } = manifest.value;
  assertUnique(
    manifestFile,
    manifest,
    stories.map((story, index) => [story.id, ['stories', index, 'id']]),
  );
  assertUnique(
    manifestFile,
    manifest,
    stories.map((story, index) => [story.file, ['stories', index, 'file']]),
  );
  const slugs = stories.flatMap(({ article }, index): [string, (string | number)[]][] =>
    article.slug ? [[article.slug, ['stories', index, 'article', 'slug']]] : [],
  );
  assertUnique(manifestFile, manifest, slugs);
  await assertAllNamed(folder, stories);
  const read = stories.map((story, index) =>
    readStory(folder, story, {
      sections: sections.value,
      language: publicationLanguage,
      now,
      lineOf: (path) => manifest.lineOf(['stories', index, ...path]),
    }),
  );
  return { sections: sections.value, stories: await Promise.all(read) };
}

type StoryContext = {
  sections: Section[];
  language: string;
  now: Date;
  lineOf: (path: (string | number)[]) => number;
};

async function readStory(folder: string, story: Story, context: StoryContext): Promise<Seed> {
  const copyText = await readText(folder, story.file, context.lineOf(['file']));
  const copy = parseWireCopy(copyText, { year: story.year, sections: context.sections });
  const [warning] = copy.warnings;
  if (warning) throw new BrokenSeed(story.file, warning.line ?? 1, warning.text.replace(/\.$/, ''));
  try {
    const article = articleFromWireCopy(copy, context.language, story.article);
    const seed = { file: story.file, id: story.id, publishedAt: new Date(story.publishedAt), article };
    assertPublishable(seed, context);
    return seed;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw brokenArticle(error, story, copyText, context);
  }
}

/** Decides its publication as the loader will, so that nothing is found out after the first write. */
function assertPublishable({ id, article, publishedAt }: Seed, { sections, now, lineOf }: StoryContext): void {
  if (publishedAt > now)
    throw new BrokenSeed(manifestFile, lineOf(['publishedAt']), '/publishedAt must not be in the future');
  packArticle(article);
  const { copy } = createCopy({ id, article, action: 'import', caller: seeder, now });
  decidePublication(copy, {
    request: {},
    basedOn: copy.version,
    caller: seeder,
    section: sections.find((section) => section.slug === article.section),
    slug: wantedSlug(copy).slug,
    siteUrlTemplate: 'https://seeds.invalid/{slug}',
    now,
    fourEyes: false,
    publicBefore: undefined,
    killed: new Set(),
    publishedAt,
  });
}

/** A field of the manifest is found there; one of the text where it stands in the text. */
function brokenArticle(error: AppError, story: Story, copyText: string, { lineOf }: StoryContext): BrokenSeed {
  const [field] = error.fields;
  const path = (field?.pointer ?? '').split('/').slice(1);
  const what = `${field?.pointer ?? ''} ${field?.detail ?? error.message}`.trim();
  if (path[0] !== undefined && path[0] in story.article)
    return new BrokenSeed(
      manifestFile,
      lineOf(['article', ...path.map((step) => (/^\d+$/.test(step) ? Number(step) : step))]),
      what,
      {
        cause: error,
      },
    );
  const lines = copyText.split(/\r\n?|\n/);
  const longest = lines.reduce((best, line, index) => (line.length > (lines[best]?.length ?? 0) ? index : best), 0);
  const firstLine = lines.findIndex((line) => line.trim() !== '');
  // What does not fit is nearly always too long; copy without a headline is wrong from its first line.
  const line = error.message.includes('at most') ? longest : Math.max(firstLine, 0);
  return new BrokenSeed(story.file, line + 1, what, { cause: error });
}

async function readText(folder: string, file: string, manifestLine: number): Promise<string> {
  const bytes = await readFile(join(folder, file)).catch((cause: unknown) => {
    throw new BrokenSeed(manifestFile, manifestLine, `names ${file}, which is not in the seeds folder`, { cause });
  });
  const decoded = decode(file, bytes);
  const unreadable = decoded.split('\n').findIndex((line) => unreadableText(line) !== undefined);
  if (unreadable >= 0) throw new BrokenSeed(file, unreadable + 1, unreadableText(decoded) ?? 'is not readable');
  return decoded;
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const lines = bytes.toString('utf8').split('\n');
    throw new BrokenSeed(file, lines.findIndex((line) => line.includes('\uFFFD')) + 1, 'is not valid UTF-8', { cause });
  }
}

async function readJson<Schema extends z.ZodMiniType>(
  folder: string,
  file: string,
  schema: Schema,
): Promise<JsonFile<z.output<Schema>>> {
  const source = decode(
    file,
    await readFile(join(folder, file)).catch((cause: unknown) => {
      throw new BrokenSeed(file, 1, 'is missing', { cause });
    }),
  );
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const syntax: ParseError[] = [];
  const tree = parseTree(source, syntax, { disallowComments: true });
  const [problem] = syntax;
  if (problem || !tree)
    throw new BrokenSeed(
      file,
      lineAt(problem?.offset ?? 0),
      `is not valid JSON: ${problem ? printParseErrorCode(problem.error) : 'it is empty'}`,
    );
  const lineOf = (path: (string | number)[]) => lineAt(nearestNode(tree, path).offset);
  const value: unknown = JSON.parse(source);
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, lineOf };
  const [field] = fieldErrors(result.error, value);
  const pointer = (field?.pointer ?? '').split('/').slice(1);
  const path = pointer.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  throw new BrokenSeed(file, lineOf(path), `${field?.pointer} ${field?.detail}`);
}

/** The place of a value, or of the nearest thing around it that is there. */
function nearestNode(tree: Node, path: (string | number)[]): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node;
  }
  return tree;
}

function assertUnique(file: string, { lineOf }: JsonFile<unknown>, entries: [string, (string | number)[]][]): void {
  const seen = new Set<string>();
  for (const [value, path] of entries) {
    if (seen.has(value)) throw new BrokenSeed(file, lineOf(path), `repeats ${value}`);
    seen.add(value);
  }
}

/** A story that was dropped in without its line in the manifest would otherwise be missed in silence. */
async function assertAllNamed(folder: string, stories: readonly Story[]): Promise<void> {
  const named = new Set(stories.map((story) => story.file));
  const forgotten = (await readdir(folder)).find((file) => file.endsWith('.txt') && !named.has(file));
  if (forgotten) throw new BrokenSeed(manifestFile, 1, `does not name ${forgotten}: add its line to stories`);
}
