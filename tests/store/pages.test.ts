import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

/** About 200 kB compressed, in paragraphs that a body may have. */
function longText(story: number): string {
  const lines = Array.from({ length: 3000 }, (_, index) =>
    createHash('sha512').update(`${story} ${index}`).digest('base64url'),
  );
  return (lines.join('').match(/.{1,15000}/g) ?? []).join('\n\n');
}

test('the desk’s list comes to its end, wherever the database ends a page', async () => {
  const made: string[] = [];
  for (let count = 0; count < 8; count += 1)
    made.push((await desk.draft({ headline: `Long ${count}`, body: { text: longText(count) } })).id);
  const found: string[] = [];
  let query = 'limit=7';
  for (;;) {
    const { status, json } = await desk.call('listArticles', { query });
    expect(status).toBe(200);
    found.push(...json.items.map((item: { id: string }) => item.id));
    if (json.nextCursor === null) break;
    query = `limit=7&cursor=${json.nextCursor}`;
  }
  expect(found).toEqual(made.reverse());
});
