import { expect, test } from '@jest/globals';
import { useEngine } from '../support/engine.ts';
import { timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const { attempt, call, draft, everything } = useNewsroom(engine);

type Line = { id: string };

const writers = 100;
const atOnce = 16;

/** Time goes on by what is done, so that some lines are old enough to be told while others are written. */
const passing = { seconds: 0.08 };

test('a reader that follows the log while a hundred publish sees every line, once, in an order that never changes', async () => {
  const drafts = [];
  for (let count = 0; count < writers; count += 1) drafts.push(await draft());
  const waiting = drafts.values();
  const publisher = async () => {
    for (const { id } of waiting)
      for (const [index, route] of (['publish', 'unpublish', 'publish', 'unpublish'] as const).entries()) {
        await attempt(`${route}Article`, { id, version: index + 1 });
        timePasses(passing);
      }
  };
  let isWriting = true;
  const publishing = Promise.all(Array.from({ length: atOnce }, publisher)).finally(() => {
    isWriting = false;
  });
  const seen: string[] = [];
  let query = 'limit=7';
  const look = async () => {
    const { json } = await call('listChanges', { query });
    seen.push(...json.items.map(({ id }: Line) => id));
    query = `limit=7&cursor=${json.nextCursor}`;
    return json.items.length;
  };
  while (isWriting) await look();
  await publishing;
  const early = seen.length;
  timePasses({ seconds: 16 });
  while ((await look()) > 0);
  const lines = (await everything()).content.filter(({ pk }) => String(pk).startsWith('CHANGES#'));
  expect(lines.length).toBeGreaterThan(writers);
  expect(early).toBeGreaterThan(writers / 2);
  expect(seen).toEqual(lines.map(({ sk }) => String(sk)).sort());
});
