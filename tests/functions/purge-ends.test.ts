import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { loadSeeds } from '../../functions/load-seeds/load-seeds.ts';
import { readSeeds } from '../../functions/load-seeds/read-seeds.ts';
import { useEngine } from '../support/engine.ts';
import { type Fault, useProxy } from '../support/proxy.ts';
import { runClock, useNewsroom } from './newsroom.ts';
import { itemsOfTheWord, toldEverywhere, word } from './told-everywhere.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { act, attempt, call, everything, get, history } = newsroom;
const admin = { role: 'admin', name: 'ada' } as const;
const read = (slug: string) => call('getPublishedArticle', { path: { slug } });

const mend = () => {
  proxy.fault = () => undefined;
};
afterEach(mend);

/** The database fails from this write on, for good. */
function failFrom(write: number, fault: Fault): void {
  let writes = 0;
  proxy.fault = (operation) => {
    if (operation === 'TransactWriteItems') writes += 1;
    return writes >= write ? fault : undefined;
  };
}

/** As long as a purge may take that meets such a database, in milliseconds. */
const remainingMilliseconds = 650;

describe('a purge that the database breaks off', () => {
  async function writesOfPurge(): Promise<number> {
    const trashed = await toldEverywhere(newsroom);
    proxy.seen.length = 0;
    expect((await attempt('purgeArticle', trashed, admin)).status).toBe(200);
    return proxy.seen.filter(({ operation }) => operation === 'TransactWriteItems').length;
  }

  test('before its first write is not begun, and says so', async () => {
    const trashed = await toldEverywhere(newsroom);
    failFrom(1, 'server-error');
    const answer = await attempt('purgeArticle', trashed, { ...admin, remainingMilliseconds });
    expect(answer).toMatchObject({ status: 503, json: { code: 'busy' } });
    mend();
    expect(await get(trashed)).toEqual(trashed);
    expect((await attempt('purgeArticle', trashed, admin)).status).toBe(200);
    expect(itemsOfTheWord(await everything())).toEqual([]);
  });

  test('anywhere later is ended by the next run of the clock, and nobody sees the article meanwhile', async () => {
    const writes = await writesOfPurge();
    expect(writes).toBeGreaterThan(5);
    for (let write = 2; write <= writes; write += 1) {
      const trashed = await toldEverywhere(newsroom);
      failFrom(write, 'refuse');
      const answer = await attempt('purgeArticle', trashed, admin);
      expect({ write, status: answer.status }).toEqual({ write, status: 200 });
      mend();
      expect((await call('getArticle', { path: { articleId: trashed.id } })).status).toBe(410);
      expect({ write, ...(await runClock()) }).toMatchObject({ write, purged: 1, failed: 0, retried: 0 });
      expect({ write, left: itemsOfTheWord(await everything()) }).toEqual({ write, left: [] });
      expect((await history(trashed)).filter(({ action }) => action === 'purge')).toHaveLength(1);
      expect((await runClock()).purged).toBe(0);
    }
    expect((await read(word)).status).toBe(404);
  }, 60_000);
});

describe('a purge', () => {
  test('of a seed is for good: the loader does not bring it back', async () => {
    const folder = fileURLToPath(new URL('../../seeds', import.meta.url));
    const load = async () => loadSeeds(newsroom.database(), await readSeeds(folder, 'en', new Date()));
    const [id = ''] = (await load()).loaded;
    const withdrawn = await act('unpublishArticle', await get({ id }));
    const slug = withdrawn.publication?.slug ?? '';
    expect((await attempt('purgeArticle', await act('trashArticle', withdrawn), admin)).status).toBe(200);
    expect(await load()).toMatchObject({ loaded: [], leftAlone: [id] });
    expect((await read(slug)).status).toBe(404);
    expect((await call('getArticle', { path: { articleId: id } })).status).toBe(410);
  });

  test('is told to whoever reverts the article, however slowly its copy is read', async () => {
    const trashed = await toldEverywhere(newsroom);
    await attempt('purgeArticle', trashed, admin);
    let queries = 0;
    proxy.fault = (operation) => {
      if (operation !== 'Query') return undefined;
      queries += 1;
      return queries <= 2 ? 'throttle' : undefined;
    };
    const { status, json } = await attempt('revertArticle', trashed, { path: { revision: '1' } });
    expect({ status, code: json.code }).toEqual({ status: 410, code: 'gone' });
  });
});
