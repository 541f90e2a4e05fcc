import { type Counted, countsPartition } from './keys.ts';
import { missing, type PublishedStore } from './published.ts';
import type { Item } from './reader.ts';

/** How many public stories there are: `name` is a section's slug, a topic's id or a day, `label` what readers call it. */
export type Count = { name: string; label: string | undefined; count: number; changedAt: string | undefined };

/** All counts of a kind, by name. One Query for as many as fit into a megabyte, some ten thousand. */
export async function listCounts({ reader, table, deadline }: PublishedStore, of: Counted): Promise<Count[]> {
  const found: Item[] = [];
  let after: string | undefined;
  do {
    const page = await reader.query({ table, partition: countsPartition(of), after, ascending: true, deadline });
    found.push(...page.items);
    after = page.hasMore ? page.items.at(-1)?.sk?.S : undefined;
  } while (after !== undefined);
  return found.map(countFrom).filter(({ count }) => count > 0);
}

function countFrom({ sk, n, label, changedAt }: Item): Count {
  return {
    name: sk?.S ?? missing('sk'),
    label: label?.S,
    count: Number(n?.N ?? missing('n')),
    changedAt: changedAt?.S,
  };
}
