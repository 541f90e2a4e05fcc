import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LoadedSeeds, loadSeeds } from '../../functions/load-seeds/load-seeds.ts';
import { readSeeds } from '../../functions/load-seeds/read-seeds.ts';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);
const original = fileURLToPath(new URL('../../seeds', import.meta.url));
const id = '017e2f42-9600-7747-8640-eaf09766caae';
const slug = 'kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-seeds-'));
  await cp(original, folder, { recursive: true });
});
afterEach(async () => await rm(folder, { recursive: true }));

const load = async (): Promise<LoadedSeeds> =>
  await loadSeeds(desk.database(), await readSeeds(folder, 'en', new Date()));

async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toMatch(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

describe('the seed story', () => {
  test('is published as the agency sent it, at its own time', async () => {
    const done = await load();
    expect(done.loaded).toEqual([id]);
    const { json } = await desk.call('getPublishedArticle', { path: { slug } });
    expect(json).toMatchObject({
      id,
      headline: 'Kazakh police kill ‘dozens’ of protesters in Almaty as unrest continues',
      section: { slug: 'conflicts-and-war', name: 'Conflicts & War' },
      topics: [{ name: 'conflict, war and peace' }, { name: 'civil unrest' }, { name: 'riot' }],
      dateline: {
        places: ['Nur-Sultan', 'Moscow'],
        date: '2022-01-06',
        agency: 'EFE',
        text: 'Nur-Sultan/Moscow Jan 6 (EFE).-',
      },
      advisory: 'adds reports on Almaty explosions',
      signOff: 'EFE',
      related: [],
      publishedAt: '2022-01-06T12:00:00.000Z',
    });
    expect(json.body).toHaveLength(15);
    expect(JSON.stringify(json)).not.toMatch(/Back to top|Related Articles/);
  });

  test('is loaded once, however often it is tried, and at the same time', async () => {
    await load();
    const before = await desk.call('getArticle', { path: { articleId: id } });
    for (const done of await Promise.all([load(), load(), load()])) expect(done.loaded).toEqual([]);
    expect((await desk.call('getArticle', { path: { articleId: id } })).json).toEqual(before.json);
  });

  test('is left alone once an editor has changed it', async () => {
    await load();
    const { headers } = await desk.call('getArticle', { path: { articleId: id } });
    const edited = await desk.call('updateArticle', {
      path: { articleId: id },
      headers: { 'if-match': headers.etag ?? '' },
      body: { deck: 'By the desk' },
    });
    await change('kazakhstan-almaty-unrest.txt', 'Kazakh police kill', 'Police kill');
    expect((await load()).leftAlone).toEqual([id]);
    expect((await desk.call('getArticle', { path: { articleId: id } })).json).toEqual(edited.json);
  });

  test('that another run created and did not publish is finished', async () => {
    const other = '017e2f42-9600-7747-8640-000000000001';
    await change('manifest.json', id, other);
    await change('manifest.json', '"language": "en"', '"language": "en", "slug": "cut-off"');
    const seeds = await readSeeds(folder, 'en', new Date());
    let sends = 0;
    const database = desk.database();
    const send = database.client.send.bind(database.client);
    const cutOff = new Error('the process was killed here');
    const client = new Proxy(database.client, {
      get: (target, name) => {
        if (name !== 'send') return Reflect.get(target, name);
        return (command: { constructor: { name: string } }) => {
          if (command.constructor.name !== 'TransactWriteCommand') return send(command as never);
          sends += 1;
          return sends === 2 ? Promise.reject(cutOff) : send(command as never);
        };
      },
    });
    await expect(loadSeeds({ ...database, client }, seeds)).rejects.toThrow('could not be published');
    expect((await loadSeeds(database, seeds)).loaded).toEqual([other]);
    expect((await desk.call('getPublishedArticle', { path: { slug: 'cut-off' } })).status).toBe(200);
  });
});

describe('a broken seed is refused by file and line, and nothing is written:', () => {
  const story = 'kazakhstan-almaty-unrest.txt';
  const cases: [string, () => Promise<void>, RegExp][] = [
    [
      'a section that the taxonomy lacks',
      () => change(story, 'Conflicts & War', 'Nowhere'),
      /seeds\/kazakhstan-almaty-unrest\.txt:1 .*Nowhere/,
    ],
    [
      'a paragraph that is too long',
      () => change(story, 'Police have urged', 'Police have urged '.repeat(2000)),
      /kazakhstan-almaty-unrest\.txt:9 .* must be at most 20000 characters/,
    ],
    [
      'invalid UTF-8',
      async () => await writeFile(join(folder, story), Buffer.from([0x41, 0x0a, 0xff])),
      /kazakhstan-almaty-unrest\.txt:2 is not valid UTF-8/,
    ],
    [
      'an empty text',
      async () => await writeFile(join(folder, story), ''),
      /kazakhstan-almaty-unrest\.txt:1 .*headline/,
    ],
    [
      'a manifest that is not JSON',
      () => change('manifest.json', '"year": 2022,', '"year": 2022'),
      /seeds\/manifest\.json:7 is not valid JSON/,
    ],
    [
      'an unknown topic',
      () => change('manifest.json', 'medtop:20000069', 'medtop:99999999'),
      /seeds\/manifest\.json:11 \/topics\/2/,
    ],
    [
      'an unknown field',
      () => change('manifest.json', '"slugline"', '"slugLine"'),
      /seeds\/manifest\.json:10 .*slugLine/,
    ],
    [
      'an id that is none',
      () => change('manifest.json', '017e2f42-9600-7747-8640-000000000002', 'x'),
      /seeds\/manifest\.json:5 .*must be a UUID/,
    ],
    ['a file that is not there', async () => await rm(join(folder, story)), /seeds\/manifest\.json:4 names kazakhstan/],
    [
      'a story without its line in the manifest',
      async () => await writeFile(join(folder, 'new.txt'), 'H\n\nT.'),
      /seeds\/manifest\.json:1 does not name new\.txt/,
    ],
    [
      'a section that is there twice',
      () => change('sections.json', '"slug": "politics"', '"slug": "world"'),
      /seeds\/sections\.json:3 repeats world/,
    ],
  ];

  test.each(cases)('%s', async (_, breakIt, message) => {
    await change('manifest.json', id, '017e2f42-9600-7747-8640-000000000002');
    await breakIt();
    const count = async () =>
      (await engine.client.send(new ScanCommand({ TableName: engine.editorialTable, Select: 'COUNT' }))).Count;
    const before = await count();
    await expect(load()).rejects.toThrow(message);
    expect(await count()).toBe(before);
  });
});
