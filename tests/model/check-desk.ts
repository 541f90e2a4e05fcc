import { alsoWrittenBy } from './check-content.ts';
import { iso } from './clock.ts';
import { difference, keyProblems } from './differences.ts';
import { dueTimes } from './due.ts';
import { listingsOf } from './expected-content.ts';
import { type Article, contentOf, type Publication, revisionOf, type World } from './model.ts';
import { linkKeys } from './previews.ts';
import type { Item, Table, Tables } from './tables.ts';
import { readable, tokensIn } from './words.ts';

/** Everything that is wrong with what the desk keeps. `revisions` is what each looked like when it was first seen. */
export function deskProblems(world: World, { editorial }: Tables, revisions: Map<string, string>): string[] {
  const byArticle = Map.groupBy(editorial.values(), ({ pk }) => pk);
  return [
    ...keyProblems('editorial table', expectedKeys(world, editorial), editorial.keys()),
    ...world.articles.flatMap((article) => articleProblems(world, article, editorial, byArticle)),
    ...revisionProblems(editorial, revisions),
    ...standingProblems(world, editorial),
  ];
}

const revisionSk = (revision: number): string => `REV#${String(revision).padStart(8, '0')}`;

function expectedKeys(world: World, editorial: Table): string[] {
  return [
    ...world.articles.flatMap(articleKeys),
    ...Array.from(world.sections.keys(), (slug) => `SECTIONS SECTION#${slug}`),
    ...Array.from(world.sweeps.keys(), sweepKey),
    ...[...world.pointers].flatMap(([target, from]) => Array.from(from, (id) => `ARTICLE#${target} POINTER#${id}`)),
    ...Array.from(world.kept.keys(), (who) => `IDEMPOTENCY#${who} RECORD`),
    // How many there are, and of whom, is looked at with the articles.
    ...[...editorial.values()].flatMap(({ key, sk }) => (sk.startsWith('LOG#') ? [key] : [])),
  ];
}

function articleKeys(article: Article): string[] {
  const { id, lock, purged, revisions, slugs } = article;
  const own = [
    'HEAD',
    ...(lock ? ['LOCK'] : []),
    ...(purged ? [] : revisions.map((_, index) => revisionSk(index + 1))),
    ...Object.keys(dueTimes(article)).map((action) => `DUE#${action}`),
  ];
  return [
    ...own.map((sk) => `ARTICLE#${id} ${sk}`),
    ...Array.from(slugs, (slug) => `SLUG#${slug} SLUG`),
    ...linkKeys(article),
  ];
}

function sweepKey(about: string): string {
  const [of, name] = about.split(' ');
  return of === 'section' ? `SECTIONS SWEEP#${name}` : `ARTICLE#${name} SWEEP`;
}

function articleProblems(world: World, article: Article, editorial: Table, byArticle: Map<string, Item[]>): string[] {
  const pk = `ARTICLE#${article.id}`;
  const head = editorial.get(`${pk} HEAD`);
  const lines = (byArticle.get(pk) ?? []).filter(({ sk }) => sk.startsWith('LOG#'));
  const told = (problem: string) => `${article.name}: ${problem}`;
  const due = Object.entries(dueTimes(article)).map(([action, at]) =>
    difference({ dueKey: 'DUE', dueAt: iso(at) }, editorial.get(`${pk} DUE#${action}`)?.fields, `due ${action}`),
  );
  const claims = [...article.slugs].map((slug) =>
    difference({ articleId: article.id }, editorial.get(`SLUG#${slug} SLUG`)?.fields, `the claim of ${slug}`),
  );
  return [
    article.purged ? stubProblem(article, head) : difference(headOf(article), headFrom(head), 'the working copy'),
    ...due,
    ...claims,
    ...historyProblems(article, lines),
    ...(article.purged ? purgeProblems(world, article, editorial) : []),
  ].flatMap((problem) => (problem === undefined ? [] : [told(problem)]));
}

/** What the working copy has to say of where it stands. */
function headOf(article: Article): Record<string, unknown> {
  const { stage, version, updatedBy, approval, hands, trouble, trashedAt, slugs, publication } = article;
  const { body, authors, ...content } = contentOf(article);
  return {
    stage,
    version,
    revision: revisionOf(article),
    updatedBy: { sub: updatedBy },
    createdBy: { sub: article.createdBy },
    approval: approval && { revision: approval.revision, by: { sub: approval.by }, editedBy: [...approval.hands] },
    editedBy: [...hands].sort(),
    schedule: scheduleOf(article),
    trouble: trouble ?? undefined,
    trashedAt: trashedAt === null ? undefined : iso(trashedAt),
    slugs: [...slugs].sort(),
    publication: publication && publicationOf(publication),
    article: { ...content, authors: authors.map((name) => ({ name })) },
    body: tokensIn(body ?? ''),
    summary: { stage, version, revision: revisionOf(article), headline: content.headline },
    stageKey: `STAGE#${stage}#${publication?.state ?? 'none'}`,
  };
}

function headFrom(head: Item | undefined): Record<string, unknown> | undefined {
  const { editedBy, slugs, publication, article, ...others } = head?.fields ?? {};
  return {
    ...others,
    editedBy: [...(editedBy ?? [])].sort(),
    slugs: [...(slugs ?? [])].sort(),
    publication: publication && { ...publication, listKeys: [...publication.listKeys].sort() },
    article,
    body: tokensIn(JSON.stringify(article?.body ?? [])),
  };
}

function scheduleOf({ plan, endAt, plannedBy, revisions }: Article): object | undefined {
  if (!plan && endAt === null) return undefined;
  const publication = plan && {
    ...plan,
    publishAt: iso(plan.publishAt),
    revision: revisions.length,
    by: { sub: plan.by },
  };
  return { publication, unpublishAt: endAt === null ? undefined : iso(endAt), by: { sub: plannedBy } };
}

function publicationOf({ shown, kill, notes, corrections, ...publication }: Publication): object {
  const { firstPublishedAt, publishedAt, sortAt, state } = publication;
  return {
    ...publication,
    firstPublishedAt: iso(firstPublishedAt),
    publishedAt: iso(publishedAt),
    sortAt: iso(sortAt),
    listKeys: state === 'live' ? listingsOf(shown).sort() : [],
    notes: notes.map((note) => ({ ...note, at: iso(note.at) })),
    corrections: corrections.map(({ at, from, to }) => ({ at: iso(at), from, to })),
    kill: kill ? { ...kill, at: iso(kill.at) } : undefined,
  };
}

/** A line for each committed action, by whoever did it, each a version later than the one before. */
function historyProblems({ history, purged }: Article, items: readonly Item[]): (string | undefined)[] {
  const lines = items.map(({ fields }) => fields).sort((one, other) => one.version - other.version);
  const told = lines.map((line) => `${line.action} ${line.version}`).join(', ');
  const wanted = history.map(({ action, version }) => `${action} ${version}`).join(', ');
  if (told !== wanted) return [`the history says ${told} and should say ${wanted}`];
  const inOrder = lines.every((line, index) => index === 0 || String(lines[index - 1]?.sk) < String(line.sk));
  if (!inOrder) return ['the history is not in the order of its versions'];
  return history.map(({ by, at, note, emergency, scheduledBy, ...line }, index) => {
    const decided = scheduledBy ? { sub: scheduledBy } : undefined;
    const says = { ...line, by: { sub: by }, at: iso(at), emergency: emergency || undefined, scheduledBy: decided };
    const noted = line.action === 'fail' ? {} : { note: purged ? undefined : note };
    return difference({ ...says, ...noted }, lines[index], `the line ${line.version} of history`);
  });
}

function stubProblem({ version, history, publication }: Article, head: Item | undefined): string | undefined {
  const by = { sub: history.at(-1)?.by };
  const names = Object.keys(head?.fields ?? {}).sort();
  const killed = publication?.kill ? ['killed'] : [];
  const more = difference(
    [...killed, 'pk', 'purgedAt', 'purgedBy', 'sk', 'slugs', 'v', 'version'],
    names,
    'what is left',
  );
  return more ?? difference({ version, purgedBy: by, slugs: [] }, head?.fields, 'what is left');
}

/** Not a word of what it said is kept anywhere on the desk. */
function purgeProblems(world: World, article: Article, editorial: Table): string[] {
  const others = alsoWrittenBy(world, article);
  const said = tokensIn(JSON.stringify([article.revisions, article.history]));
  const written = new Set(said.filter((token) => !others.has(token)));
  return [...editorial.values()].flatMap(({ key, tokens }) =>
    tokens.filter((token) => written.has(token)).map((token) => `${key} still has ${readable(token)} after the purge`),
  );
}

/** A revision is complete when it is made, and never changes. */
function revisionProblems(editorial: Table, first: Map<string, string>): string[] {
  return [...editorial.values()].flatMap(({ key, sk, raw }) => {
    if (!sk.startsWith('REV#')) return [];
    const before = first.get(key) ?? raw;
    first.set(key, before);
    return before === raw ? [] : [`${key} is not what it was when it was saved`];
  });
}

function standingProblems(world: World, editorial: Table): string[] {
  const sections = [...world.sections.values()].map((section) => {
    const says = { ...section, updatedBy: { sub: section.updatedBy } };
    return difference(says, editorial.get(`SECTIONS SECTION#${section.slug}`)?.fields, `the section ${section.slug}`);
  });
  const sweeps = [...world.sweeps].map(([about, { because, dueAt, rounds }]) =>
    difference(
      { because, dueAt: iso(dueAt), rounds },
      editorial.get(sweepKey(about))?.fields,
      `the rounds for ${about}`,
    ),
  );
  const locks = world.articles.map(({ id, name, lock }) =>
    lock
      ? difference(
          { by: { sub: lock.sub }, expiresAt: lock.expiresAt / 1000 },
          editorial.get(`ARTICLE#${id} LOCK`)?.fields,
          `the lock of ${name}`,
        )
      : undefined,
  );
  const sayings = world.articles.flatMap((article) => savedProblems(article, editorial));
  return [...sections, ...sweeps, ...locks, ...sayings].filter((problem) => problem !== undefined);
}

/** The newest revision says what was saved; the earlier ones did, and have not changed. */
function savedProblems(article: Article, editorial: Table): (string | undefined)[] {
  if (article.purged) return [];
  const revision = revisionOf(article);
  const saved = editorial.get(`ARTICLE#${article.id} ${revisionSk(revision)}`)?.fields;
  const { body, authors: _, ...content } = contentOf(article);
  const wrong = difference({ revision, article: content }, saved, `${article.name}’s revision ${revision}`);
  const texts = tokensIn(JSON.stringify(saved?.article.body ?? []));
  const lost = difference(tokensIn(body ?? ''), texts, `the body of ${article.name}’s revision ${revision}`);
  return [wrong, lost];
}
