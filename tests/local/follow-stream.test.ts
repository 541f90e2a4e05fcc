import { readFile, writeFile } from 'node:fs/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test } from '@jest/globals';
import { reactions } from '../../contract/events.ts';
import { type Following, followStream } from '../../local/follow-stream.ts';
import { currentSlugKey, publicDocumentKey } from '../../store/keys.ts';
import { useEngine } from '../support/engine.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

const engine = useEngine({ streamed: true });
const folder = useTemporaryFolder();
const following: Following[] = [];
afterEach(async () => {
  for (const one of following.splice(0)) await one.stop();
});

type Batch = { Records: { dynamodb: { Keys: { pk: { S: string } } } }[] };

/** A run that looks only when it is told to, and the articles that its first reaction was called for. */
async function follow(positionPath?: string, invoke: () => Promise<unknown> = async () => ({ batchItemFailures: [] })) {
  const seen: string[] = [];
  const called = new Set<string>();
  const reports: string[] = [];
  const one = await followStream({
    endpoint: engine.endpoint,
    table: engine.contentTable,
    interval: 60_000,
    positionPath,
    report: (line) => reports.push(line),
    runner: {
      invoke: (id, event) => {
        called.add(id);
        if (id === Object.keys(reactions)[0])
          seen.push(...(event as Batch).Records.map(({ dynamodb }) => dynamodb.Keys.pk.S.replace('ARTICLE#', '')));
        return invoke();
      },
    },
  });
  following.push(one);
  return { seen, called, reports, settle: one.settle, stop: one.stop };
}

let made = 0;
/** What each commit of a story leaves in the stream: the one item that events are made of, and another. */
async function commit(...ids: string[]): Promise<void> {
  for (const id of ids)
    for (const key of [currentSlugKey(id), publicDocumentKey(id)]) {
      made += 1;
      await engine.client.send(new PutCommand({ TableName: engine.contentTable, Item: { ...key, made } }));
    }
}

const many = (prefix: string) => Array.from({ length: 120 }, (_, index) => `${prefix}-${index}`);

test('what was committed before anybody followed is reacted to, by every reaction, and not the items beside it', async () => {
  await commit('a', 'b');
  const { seen, called, settle } = await follow();
  await settle();
  expect(seen.slice(-2)).toEqual(['a', 'b']);
  expect([...called]).toEqual(Object.keys(reactions));
  await commit('c');
  await settle();
  expect(seen.slice(-3)).toEqual(['a', 'b', 'c']);
});

test('a run begins where the one before it ended, and with what was committed in between', async () => {
  const position = folder.at('position.json');
  await commit('before');
  const first = await follow(position);
  await first.settle();
  await first.stop();
  await commit('d', 'e');
  const second = await follow(position);
  await second.settle();
  expect(second.seen).toEqual(['d', 'e']);
});

test.each([
  ['of another stream', (noted: string) => noted.replace(/"stream":"[^"]*"/, '"stream":"another"')],
  ['of what is not there any more', (noted: string) => noted.replace(/"(\d+)"\}\}$/, '"9999999"}}')],
  ['that can’t be read', () => '{"stream":'],
])('a position %s is none: all that there is comes again', async (what, spoilt) => {
  const position = folder.at(`${what}.json`);
  await commit('kept');
  const first = await follow(position);
  await first.settle();
  await first.stop();
  const noted = await readFile(position, 'utf8');
  expect(spoilt(noted)).not.toBe(noted);
  await writeFile(position, spoilt(noted));
  const second = await follow(position);
  await second.settle();
  expect(second.seen).toEqual(first.seen);
});

test('more than one page is followed to its end in one look, oldest first', async () => {
  await commit(...many('page'));
  const { seen, settle } = await follow();
  await settle();
  expect(seen.slice(-120)).toEqual(many('page'));
});

test('a run that is stopped leaves what is left to the next one', async () => {
  await commit(...many('left'));
  const position = folder.at('stopped.json');
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<unknown>();
  const first = await follow(position, () => {
    begun.resolve();
    return held.promise;
  });
  void first.settle();
  await begun.promise;
  const stopped = first.stop();
  held.resolve({ batchItemFailures: [] });
  await stopped;
  const second = await follow(position);
  await second.settle();
  const all = await follow();
  await all.settle();
  expect(first.seen).not.toEqual([]);
  expect(second.seen).not.toEqual([]);
  expect([...first.seen, ...second.seen]).toEqual(all.seen);
});

test('what fails three times is given up, said so, and does not hold up what comes after it', async () => {
  await commit('failing', 'last');
  const { seen, reports, settle } = await follow(undefined, () => Promise.reject(new Error('broken on purpose')));
  await settle();
  expect(reports[0]).toMatch(/^purge-edge gave up \d+ events: broken on purpose\.$/);
  expect(seen.at(-1)).toBe('last');
});
