import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, jest, test } from '@jest/globals';
import { handler as runDue } from '../../functions/run-due/handler.ts';
import { queries } from '../../infra/operations/queries.ts';
import { sectionKey } from '../../store/keys.ts';
import { systemTiming } from '../../store/retry.ts';
import { addSection } from '../../store/sections.ts';
import { useGrantedDesk, walked } from './granted-desk.ts';
import { fieldsIn } from './query-fields.ts';

const { engine, desk, uses, does, calls, changes, draft, published } = useGrantedDesk();
const admin = { role: 'admin' } as const;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

/** Calls the clock as its rule does, so much later. */
async function runLater(milliseconds: number) {
  const { now } = Date;
  const later = () => now() + milliseconds;
  const clocks = [jest.spyOn(Date, 'now'), jest.spyOn(systemTiming, 'now')];
  for (const clock of clocks) clock.mockImplementation(later);
  const context = { awsRequestId: 'c', getRemainingTimeInMillis: () => 55_000 };
  try {
    return await does('run-due', () => runDue({}, context));
  } finally {
    for (const clock of clocks) clock.mockRestore();
  }
}

/** Those that are about what was due, as the function wrote them to its log. */
async function dueLines(writing: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await writing();
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
  written.mockRestore();
  return lines.filter(({ message, articleId }) => message === 'due' && articleId);
}

describe('the role of the clock allows all that it asks of the tables:', () => {
  test('nothing due', async () => {
    expect(await runLater(0)).toMatchObject({ published: 0, swept: 0 });
  });

  test('publishing, for the first time and again, and taking down', async () => {
    const other = await published();
    const first = await draft({ headline: 'Due', related: [other.id], tags: ['a'] });
    await changes('scheduleArticle', first, { body: { publishAt: fromNow(hour), unpublishAt: fromNow(3 * hour) } });
    expect(await runLater(2 * hour)).toMatchObject({ published: 1, failed: 0 });
    const live = await calls('getArticle', { path: { articleId: first.id } });
    const edited = await changes('updateArticle', live.json, {
      body: { headline: 'Due again', tags: ['b'], slug: 'due-again' },
    });
    const body = { publishAt: fromNow(hour), kind: 'correction', note: 'It was two.' };
    await changes('scheduleArticle', edited, { body });
    expect(await runLater(2 * hour)).toMatchObject({ published: 1, failed: 0 });
    expect(await runLater(4 * hour)).toMatchObject({ unpublished: 1, failed: 0 });
  });

  test('emptying the trash', async () => {
    const body = { headline: 'Trash', section: 'world', body: { text: 'One.' } };
    const { json } = await calls('createArticle', { body, headers: { 'idempotency-key': 'c-1' } });
    const withdrawn = await changes('unpublishArticle', await changes('publishArticle', json));
    const scheduled = await changes('scheduleArticle', withdrawn, {
      body: { publishAt: fromNow(hour), kind: 'refile', note: 'Why' },
    });
    expect((await calls('createPreviewLink', { path: { articleId: json.id } })).status).toBe(201);
    await changes('trashArticle', scheduled);
    expect(await runLater(31 * day)).toMatchObject({ purged: 1, failed: 0 });
  });

  test('rendering anew what stands in a renamed section, and what points at a story that was killed', async () => {
    await addSection(desk.database(), { slug: 'city', name: 'City' });
    const target = await published({ section: 'city', headline: 'Target' });
    const pointing = await published({ section: 'city', headline: 'Pointing', related: [target.id] });
    await calls('putSection', {
      ...admin,
      path: { section: 'city' },
      body: { name: 'Town' },
      headers: { 'if-match': '"1"' },
    });
    await changes('killArticle', target, { ...admin, body: { notice: 'Withdrawn.' } });
    expect(await runLater(0)).toMatchObject({ swept: 2 });
    expect(await runLater(minute)).toMatchObject({ swept: 2 });
    expect(await runLater(2 * minute)).toMatchObject({ swept: 0 });
    const page = await desk.call('getPublishedArticle', { path: { slug: pointing.publication?.slug ?? '' } });
    expect(page.json).toMatchObject({ section: { name: 'Town' }, related: [] });
  });

  test('giving up what can’t be done, and trying again what may be', async () => {
    await addSection(desk.database(), { slug: 'doomed', name: 'Doomed' });
    await addSection(desk.database(), { slug: 'circular', name: 'Circular' });
    const scheduled = [];
    for (const section of ['world', 'doomed', 'circular'])
      scheduled.push(
        await changes('scheduleArticle', await draft({ section, headline: `Of ${section}` }), {
          body: { publishAt: fromNow(hour) },
        }),
      );
    const { client, editorialTable: TableName } = engine;
    await client.send(new DeleteCommand({ TableName, Key: sectionKey('doomed') }));
    const circular = {
      ...sectionKey('circular'),
      v: 1,
      slug: 'circular',
      name: 'C',
      version: 2,
      mergedInto: 'circular',
    };
    await client.send(new PutCommand({ TableName, Item: circular }));
    const lines = await dueLines(async () =>
      expect(await runLater(2 * hour)).toMatchObject({ published: 1, failed: 1, retried: 1 }),
    );
    const logged = new Set(lines.flatMap((line) => Object.keys(line)));
    const [asked] = queries.filter(({ text }) => text.includes('"due"'));
    expect(fieldsIn(asked?.text ?? '').filter((field) => !logged.has(field))).toEqual([]);
    expect(lines.map(({ articleId }) => articleId).toSorted()).toEqual(scheduled.map(({ id }) => id).toSorted());
  });
});

describe('the role of the clock allows nothing that it never asks:', () => {
  test.each(walked['grants-clock.test.ts'])('%s', (id) => {
    expect(uses.unused(id)).toEqual([]);
  });
});
