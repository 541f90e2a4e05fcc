import { AppError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { slugClaimKey } from './keys.ts';
import { layout } from './layout.ts';
import type { Write } from './transaction.ts';

/** Slugs are claimed for good, by the first publication or schedule; an article may take back one that it had before. */
export function claimWrites(database: Database, slug: string, claimed: readonly string[], articleId: string): Write[] {
  if (claimed.includes(slug)) return [];
  return [
    {
      table: database.editorialTable,
      put: { ...slugClaimKey(slug), v: layout, articleId },
      condition: {
        expression: 'attribute_not_exists(pk) OR articleId = :articleId',
        values: { ':articleId': articleId },
        refusal: () => slugTaken(slug),
      },
    },
  ];
}

function slugTaken(slug: string): AppError {
  return new AppError(
    'slug_taken',
    `Another article has the slug ${slug}. Give this one another slug and publish again.`,
    {
      fields: [{ pointer: '/slug', detail: 'is the slug of another article' }],
    },
  );
}
