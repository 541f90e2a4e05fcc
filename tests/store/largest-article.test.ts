import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

/** Text that does not compress below three quarters, in paragraphs that a body may have. */
function noise(characters: number): string {
  let text = '';
  for (let count = 0; text.length < characters; count += 1)
    text += createHash('sha512').update(`${count}`).digest('base64url');
  return (text.slice(0, characters).match(/.{1,15000}/g) ?? []).join('\n\n');
}

async function count(): Promise<number | undefined> {
  return (await engine.client.send(new ScanCommand({ TableName: engine.editorialTable, Select: 'COUNT' }))).Count;
}

const longName = 'maria-magdalena-of-the-foreign-desk-'.repeat(3);

test('a story that could be saved can be published, corrected and taken down, whoever does it', async () => {
  const draft = await desk.draft({
    headline: 'As long as a story gets',
    body: { text: noise(380_000) },
    tags: Array.from({ length: 12 }, (_, index) => `${index} ${'ﷺ'.repeat(13)}`),
  });
  const call = (version: number) => ({
    path: { articleId: draft.id },
    headers: { 'if-match': `"${version}"` },
    name: longName,
  });
  expect((await desk.call('publishArticle', call(1))).status).toBe(200);
  const note = '字'.repeat(990);
  let version = 2;
  let refused: number | undefined;
  while (refused === undefined) {
    await desk.call('updateArticle', { ...call(version), body: { urgency: (version % 9) + 1 } });
    const answer = await desk.call('publishArticle', { ...call(version + 1), body: { kind: 'correction', note } });
    if (answer.status === 200) version += 2;
    else refused = answer.status;
    if (refused) expect(answer.json).toMatchObject({ status: 413, errors: [{ pointer: '/note' }] });
  }
  expect(version).toBeGreaterThan(30);
  const withdrawn = await desk.call('unpublishArticle', { ...call(version + 1), name: `${longName}-too` });
  expect(withdrawn.status).toBe(200);
}, 30_000);

test.each([
  ['does not fit an item', { text: noise(420_000) }, /is \d+ bytes compressed, and at most 296960 are kept/],
  [
    'would not fit a reply',
    { markdown: `${'*a*b'.repeat(240)}\n\n`.repeat(130) },
    /is \d+ bytes as JSON, and at most 3000000/,
  ],
])('a body that %s is refused with its size, and nothing is written', async (_, body, detail) => {
  const before = await count();
  const answer = await desk.call('createArticle', { body: { headline: 'Too long', body } });
  expect(answer).toMatchObject({ status: 413, json: { code: 'too_large', detail: expect.stringMatching(detail) } });
  expect(await count()).toBe(before);
});

test('an answer too long to be kept for repeats is refused before anything is written', async () => {
  const before = await count();
  const dropped =
    noise(800_000)
      .replaceAll('\n\n', '')
      .match(/.{1,250}/g)
      ?.map((line) => `© ${line}`) ?? [];
  const body = `Headline\n\nALMATY, Jan 6 (Reuters) - Text.\n\n${dropped.join('\n\n')}`;
  const answer = await desk.call('importWireCopy', {
    body,
    query: 'year=2022',
    headers: { 'idempotency-key': 'long' },
  });
  expect(answer.status).toBe(413);
  expect(await count()).toBe(before);
});
