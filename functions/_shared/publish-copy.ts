import { wantedSlug } from '../../domain/article/address.ts';
import { pointedAt } from '../../domain/article/public-document.ts';
import { decidePublication, type PublishDecision, type PublishOptions } from '../../domain/article/publish.ts';
import type { WorkingCopy } from '../../domain/article/working-copy.ts';
import { correctionEntries } from '../../store/corrections.ts';
import type { Database } from '../../store/database.ts';
import type { Remembered } from '../../store/idempotency.ts';
import { killedAmong } from '../../store/killed.ts';
import { notePointers } from '../../store/pointers.ts';
import { publish } from '../../store/publish.ts';
import { getPublicBefore } from '../../store/revisions.ts';
import { getSection } from '../../store/sections.ts';
import { publicationSettings } from './environment.ts';
import { withFreeSlug } from './with-free-slug.ts';

type Publishing = Pick<
  PublishOptions,
  'request' | 'basedOn' | 'caller' | 'now' | 'fourEyes' | 'publishedAt' | 'onTime'
>;

/** Publishes the copy and returns it as it then is. Throws as `decidePublication` and `publish` do. */
export async function publishCopy(
  database: Database,
  copy: WorkingCopy,
  publishing: Publishing,
  remember: (published: WorkingCopy) => Remembered | undefined,
): Promise<WorkingCopy> {
  const { siteUrlTemplate } = publicationSettings();
  const [section, publicBefore] = await Promise.all([
    copy.article.section === null ? undefined : getSection(database, copy.article.section),
    getPublicBefore(database, copy),
  ]);
  const context = { ...publishing, section, siteUrlTemplate, publicBefore };
  const killed = await notedTargets(database, copy, context);
  return await withFreeSlug(database, copy, async (slug) => {
    const decision = decidePublication(copy, { ...context, slug, killed });
    const corrections = await correctionsBack(database, decision);
    await publish(database, decision, { remembered: remember(decision.copy), corrections });
    return decision.copy;
  });
}

/**
 * Notes which articles this one is going to point at, and says which of them were killed: in this order, so that one that is
 * killed in between is found by the note. Nothing is noted for what can't be published.
 */
async function notedTargets(
  database: Database,
  copy: WorkingCopy,
  context: Omit<PublishOptions, 'slug' | 'killed'>,
): Promise<ReadonlySet<string>> {
  const targets = pointedAt(copy.article);
  if (targets.length === 0) return new Set();
  decidePublication(copy, { ...context, slug: wantedSlug(copy).slug, killed: new Set() });
  await notePointers(database, copy.id, targets);
  return await killedAmong(database, targets);
}

/** The corrections of a story that was withdrawn left their listing with it, and come back with it. */
async function correctionsBack(database: Database, { copy, previous, document }: PublishDecision) {
  if (previous?.state !== 'withdrawn' || previous.corrections.length === 0) return [];
  const kept = new Set(copy.publication?.corrections.map(({ at }) => at));
  const publication = { ...previous, corrections: previous.corrections.filter(({ at }) => kept.has(at)) };
  return await correctionEntries(database, { ...copy, publication }, document);
}
