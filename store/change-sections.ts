import { AppError } from '../contract/errors.ts';
import type { Actor } from '../contract/roles.ts';
import type { EditorialSection } from '../contract/schemas/section.ts';
import type { Section } from '../domain/article/public-document.ts';
import { actorOf } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { movedListingKeys, sectionKey } from './keys.ts';
import { layout } from './layout.ts';
import { noSection, sectionItem } from './sections.ts';
import { newSweep } from './sweeps.ts';
import { type Condition, commit, type Write } from './transaction.ts';

/** Adds a section. Throws `version_conflict` when there is one of that slug. */
export async function createSection(database: Database, { slug, name }: Section, by: Actor): Promise<EditorialSection> {
  const section = { slug, name, version: 1, mergedInto: null, ...change(database, by) };
  const condition: Condition = {
    expression: 'attribute_not_exists(pk)',
    refusal: (found) => sectionConflict(slug, Number(found?.version ?? 1)),
  };
  await commit(database, [{ table: database.editorialTable, put: sectionItem(section), condition }]);
  return section;
}

/** Names a section anew, and has what is served of its stories rendered anew. Throws `version_conflict`, `not_found`. */
export async function renameSection(
  database: Database,
  section: EditorialSection,
  name: string,
  by: Actor,
): Promise<EditorialSection> {
  const renamed = { ...section, name, version: section.version + 1, ...change(database, by) };
  await commit(database, [
    putSection(database, section, renamed),
    newSweep(database, { of: 'section', name: section.slug, because: 'renamed' }),
  ]);
  return renamed;
}

/**
 * Makes a section another name for `into`, where its stories go: what is served of them is rendered anew, and its listing
 * leads on. So do the sections that were merged into it before (`names`, at most 30): no trail is longer than a step. Throws
 * `version_conflict`, `not_found`.
 */
export async function mergeSection(
  database: Database,
  section: EditorialSection,
  { into, names, by }: { into: EditorialSection; names: readonly EditorialSection[]; by: Actor },
): Promise<EditorialSection> {
  const leading = (one: EditorialSection) => ({
    ...one,
    version: one.version + 1,
    mergedInto: into.slug,
    ...change(database, by),
  });
  await commit(database, [
    // As it is, so that it is there still.
    putSection(database, into, into),
    ...[section, ...names].flatMap((one) => [
      putSection(database, one, leading(one)),
      ...movedListingKeys(`section#${one.slug}`).map((key) => ({
        table: database.contentTable,
        put: { ...key, v: layout, state: 'moved', section: into.slug },
      })),
    ]),
    newSweep(database, { of: 'section', name: section.slug, because: 'renamed' }),
  ]);
  return leading(section);
}

/** Takes a section out of the taxonomy. Throws `version_conflict`, `not_found`. */
export async function removeSection(database: Database, section: EditorialSection): Promise<void> {
  const condition = unchanged(section);
  await commit(database, [{ table: database.editorialTable, delete: sectionKey(section.slug), condition }]);
}

function change({ timing }: Database, by: Actor) {
  return { updatedAt: new Date(timing.now()).toISOString(), updatedBy: actorOf(by) };
}

function putSection(database: Database, seen: EditorialSection, section: EditorialSection): Write {
  return { table: database.editorialTable, put: sectionItem(section), condition: unchanged(seen) };
}

/** Sections from before they had versions are at their first. */
function unchanged({ slug, version }: EditorialSection): Condition {
  return {
    expression: `attribute_exists(pk) AND ${version === 1 ? '(attribute_not_exists(version) OR version = :seen)' : 'version = :seen'}`,
    values: { ':seen': version },
    refusal: (found) => (found ? sectionConflict(slug, Number(found.version ?? 1)) : noSection(slug)),
  };
}

export function sectionConflict(slug: string, version: number): AppError {
  return new AppError(
    'version_conflict',
    `The section ${slug} is at version ${version}. Look at it again, and send the change with its ETag.`,
    { etag: `"${version}"` },
  );
}
