import { readFile } from 'node:fs/promises';
import { type ReactionId, reactions } from '../../contract/events.ts';
import { eventKeys } from '../../store/tables.ts';
import { type Newsroom, type Observed, openNewsroom } from './newsroom.ts';
import type { Recorded } from './recorder.ts';

/** What a newsroom and its readers do, one function invocation each. */
export const actionIds = [
  'readArticle',
  'readListing',
  'create',
  'edit',
  'publish',
  'publishAgain',
  'withdraw',
  'listDesk',
  'openAtDesk',
  'followPublication',
  'followPublicationAgain',
  'followWithdrawal',
] as const;
export type ActionId = (typeof actionIds)[number];

export type Observations = Readonly<Record<ActionId, Observed>>;

/** A page of a listing is twenty rows, and one more is read to know whether there is another page. */
const onAFullPage = 21;
const seedStory = new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url);

/** What an editor fills in: five tags, three topics, two places. */
const fields = {
  section: 'conflicts-and-war',
  deck:
    'Twenty-six protesters were killed and more than 3,000 arrested, Kazakh state television reported, as paratroopers of ' +
    'a Russian-led alliance began to arrive in the country.',
  slugline: 'Kazakhstan-Unrest',
  tags: ['kazakhstan', 'protests', 'fuel prices', 'csto', 'russia'],
  topics: ['medtop:16000000', 'medtop:20000065', 'medtop:20000069'],
  places: ['Almaty', 'Nur-Sultan'],
  authors: [{ name: 'A. Reporter' }],
  creditLine: 'EFE',
  // With it no item is within some bytes of the next kB: ids and instants compress a little better or worse each time.
  usageTerms:
    'For subscribers of the agency. No resale, no archive, no changes to the text without its written consent.',
  copyrightNotice: '© Agencia EFE, S.A.U., S.M.E.',
};

/** Does each action once with the seed story, and observes it. */
export async function observeActions(): Promise<Observations> {
  const newsroom = await openNewsroom();
  try {
    return await doAll(newsroom);
  } finally {
    await newsroom.close();
  }
}

async function doAll(newsroom: Newsroom): Promise<Observations> {
  const body = { ...fields, body: { text: await readFile(seedStory, 'utf8') } };
  for (let count = 1; count < onAFullPage; count += 1)
    await publishedStory(newsroom, { ...body, headline: headline(count) });
  const create = await newsroom.call('createArticle', { body: { ...body, headline: headline(onAFullPage) } });
  const path = { articleId: create.json.id };
  const change = async (
    routeId: 'updateArticle' | 'publishArticle' | 'unpublishArticle',
    basedOn: Observed,
    sent?: object,
  ) => await newsroom.call(routeId, { path, headers: { 'if-match': `"${basedOn.json.version}"` }, body: sent });
  const edit = await change('updateArticle', create, { deck: `${fields.deck} The internet was cut off.` });
  const publish = await change('publishArticle', edit, {});
  const slug = slugIn(publish);
  const readArticle = await newsroom.call('getPublishedArticle', { path: { slug } });
  const readListing = await newsroom.call('listPublishedArticles', { query: `section=${fields.section}` });
  const listDesk = await newsroom.call('listArticles');
  const openAtDesk = await newsroom.call('getArticle', { path });
  const editAgain = await change('updateArticle', publish, { advisory: 'Adds reports on explosions in Almaty' });
  const publishAgain = await change('publishArticle', editAgain, { note: 'Adds reports on explosions in Almaty' });
  const withdraw = await change('unpublishArticle', publishAgain);
  return {
    ...{ readArticle, readListing, create, edit, publish, publishAgain, withdraw, listDesk, openAtDesk },
    followPublication: await followed(newsroom, publish),
    followPublicationAgain: await followed(newsroom, publishAgain),
    followWithdrawal: await followed(newsroom, withdraw),
  };
}

const headline = (count: number): string =>
  `Kazakh police kill dozens of protesters in Almaty as unrest continues, day ${count}`;

async function publishedStory(newsroom: Newsroom, body: object): Promise<void> {
  const { json } = await newsroom.call('createArticle', { body });
  const headers = { 'if-match': `"${json.version}"` };
  await newsroom.call('publishArticle', { path: { articleId: json.id }, headers, body: {} });
}

/** All functions that follow the change, called with the records of the stream that they are subscribed to. */
async function followed(newsroom: Newsroom, change: Observed): Promise<Observed> {
  const records = change.database.flatMap(streamRecords);
  const all: Observed[] = [];
  for (const id of Object.keys(reactions) as ReactionId[]) all.push(await newsroom.react(id, records));
  const [first = missing('a function that follows publications'), ...others] = all;
  return others.reduce(together, first);
}

function together(one: Observed, other: Observed): Observed {
  return {
    ...one,
    database: [...one.database, ...other.database],
    logBytes: one.logBytes + other.logBytes,
    purgedPaths: one.purgedPaths + other.purgedPaths,
  };
}

/** The records of the content table's stream that pass the filter of the subscriptions. */
function streamRecords({ changes }: Recorded): object[] {
  return changes
    .filter(({ table, key }) => table === 'content' && key.sk?.S === eventKeys.sk && isPrefixed(key.pk?.S))
    .map(({ key, before, after }, index) => ({
      eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
      dynamodb: { Keys: key, OldImage: before, NewImage: after, SequenceNumber: String(index + 1) },
    }));
}

const isPrefixed = (partition: string | undefined): boolean => partition?.startsWith(eventKeys.pk.prefix) ?? false;

/** The slug under which the publication put its document. */
function slugIn({ database }: Observed): string {
  const changes = database.flatMap((one) => one.changes);
  const document = changes.find(({ table, key }) => table === 'content' && key.sk?.S === 'DOC');
  return document?.key.pk?.S?.slice('SLUG#'.length) ?? missing('the public document');
}

function missing(what: string): never {
  throw new Error(`tools/cost/actions.ts looked for ${what}, and there is none any more.`);
}
