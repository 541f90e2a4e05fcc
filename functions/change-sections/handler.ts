// Trigger: PUT and DELETE /editorial/v1/sections/{section}.
// Effect: a section is added, renamed, merged into another, or deleted once no story is in it, in one transaction.
// Follows: run-due, which renders anew what is served of its stories.
import { AppError, invalidField } from '../../contract/errors.ts';
import { deleteSection } from '../../contract/routes/delete-section.ts';
import { putSection } from '../../contract/routes/put-section.ts';
import type { EditorialSection } from '../../contract/schemas/section.ts';
import { countArticlesIn } from '../../store/articles-in-section.ts';
import {
  createSection,
  mergeSection,
  removeSection,
  renameSection,
  sectionConflict,
} from '../../store/change-sections.ts';
import type { Database } from '../../store/database.ts';
import { findSection, listSections, noSection } from '../../store/sections.ts';
import { editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { json, type Reply } from '../_shared/request.ts';

const put = endpoint(putSection, async (request) => {
  const { path, body, basedOn, caller } = request;
  const database = editorialDatabase(request);
  if (basedOn === null) return reply(await createSection(database, { slug: path.section, name: body.name }, caller));
  const section = await sectionAt(database, path.section, basedOn);
  return reply(section.name === body.name ? section : await renameSection(database, section, body.name, caller));
});

const remove = endpoint(deleteSection, async (request) => {
  const { path, query, basedOn, caller } = request;
  const database = editorialDatabase(request);
  const section = await sectionAt(database, path.section, basedOn);
  if (query.mergeInto !== undefined) {
    const into = await targetOf(database, section, query.mergeInto);
    const names = await namesOf(database, section);
    if (names.length > mostNames) throw tooManyNames(section, names.length);
    return reply(await mergeSection(database, section, { into, names, by: caller }));
  }
  await assertUnused(database, section);
  await removeSection(database, section);
  return reply(section);
});

export const handler = oneOf(put, remove);

async function sectionAt(database: Database, slug: string, basedOn: number): Promise<EditorialSection> {
  const section = await findSection(database, slug);
  if (!section) throw noSection(slug);
  if (section.version !== basedOn) throw sectionConflict(slug, section.version);
  if (section.mergedInto === null) return section;
  throw new AppError(
    'not_allowed',
    `The section ${slug} was merged into ${section.mergedInto}: only that one can be changed.`,
  );
}

async function targetOf(database: Database, section: EditorialSection, slug: string): Promise<EditorialSection> {
  const into = slug === section.slug ? undefined : await findSection(database, slug);
  if (into && into.mergedInto === null) return into;
  throw invalidField('?mergeInto', `must be another section of this newsroom, and ${slug} is none`);
}

/** The sections that were merged into this one. */
async function namesOf(database: Database, { slug }: EditorialSection): Promise<EditorialSection[]> {
  return (await listSections(database)).filter(({ mergedInto }) => mergedInto === slug);
}

/** They move on in one transaction, three writes each. */
const mostNames = 30;

function tooManyNames({ slug }: EditorialSection, count: number): AppError {
  return new AppError(
    'not_allowed',
    `${count} sections were merged into ${slug}, and at most ${mostNames} can be taken on at once. Merge the other way round.`,
  );
}

async function assertUnused(database: Database, section: EditorialSection): Promise<void> {
  const { slug } = section;
  const names = await namesOf(database, section);
  const count = await countArticlesIn(database, [slug, ...names.map((name) => name.slug)]);
  if (count > 0)
    throw new AppError(
      'section_in_use',
      `${count} ${count === 1 ? 'article is' : 'articles are'} in the section ${slug}. Move them, or merge it into another section with ?mergeInto=.`,
    );
  if (names.length > 0)
    throw new AppError(
      'section_in_use',
      `No article is in the section ${slug}, but ${names.map((name) => name.slug).join(', ')} was merged into it and leads here. Merge it on with ?mergeInto=.`,
    );
}

function reply(section: EditorialSection): Reply {
  return json(200, section, { etag: `"${section.version}"` });
}
