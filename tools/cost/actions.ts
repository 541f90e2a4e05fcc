import { readFile } from 'node:fs/promises';
import { type ReactionId, reactions } from '../../contract/events.ts';
import { eventKeys } from '../../store/tables.ts';
import { type Newsroom, type Observed, openNewsroom } from './newsroom.ts';
import type { Readable } from './readable.ts';
import { type ReadId, readIds, readOf } from './reads.ts';
import type { Recorded } from './recorder.ts';

/** What a newsroom, its readers and its clock do, as far as a month is worked out from it. */
export const actionIds = [
  'readArticle',
  'readListing',
  'create',
  'edit',
  'submit',
  'approve',
  'schedule',
  'publish',
  'publishAgain',
  'withdraw',
  'kill',
  'listDesk',
  'openAtDesk',
  'followPublication',
  'followPublicationAgain',
  'followTakedown',
  'clockIdle',
  'clockPublishes',
  'clockSweeps',
] as const;
export type ActionId = (typeof actionIds)[number];

/** Whether somebody asked for it over HTTP, or it follows from the table's stream, or the clock does it. */
export function startOf(id: ActionId): 'request' | 'stream' | 'clock' {
  if (id.startsWith('follow')) return 'stream';
  return id.startsWith('clock') ? 'clock' : 'request';
}

/** All that is measured: these, and whatever else the public may ask. */
export const measuredIds: readonly (ActionId | ReadId)[] = [...actionIds, ...readIds];
export type Observations = Readonly<Record<ActionId | ReadId, Observed>>;

/** A page that looks for something looks at a hundred rows, and at one more to know whether there is another page. */
const onAFullPage = 101;
/** Somebody whom all stories name but those that are measured. */
const person = 'Kassym-Jomart Tokayev';
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
  const clockIdle = await newsroom.runDue();
  const body = { ...fields, body: { text: await readFile(seedStory, 'utf8') } };
  await newsroom.unseen(async () => {
    for (let count = 1; count < onAFullPage; count += 1)
      await publishedStory(newsroom, { ...body, people: [person], headline: headline(count) });
  });
  const create = await newsroom.call('createArticle', { body: { ...body, headline: headline(onAFullPage) } });
  const edit = await change(newsroom, 'updateArticle', create, { deck: `${fields.deck} The internet was cut off.` });
  const submit = await change(newsroom, 'submitArticle', edit, {});
  const approve = await change(newsroom, 'approveArticle', submit, {});
  const publish = await change(newsroom, 'publishArticle', approve, {});
  const followPublication = await followed(newsroom, publish);
  const readArticle = await newsroom.call('getPublishedArticle', { path: { slug: slugIn(publish) } });
  const readListing = await newsroom.call('listPublishedArticles', { query: `section=${fields.section}` });
  const listDesk = await newsroom.call('listArticles');
  const openAtDesk = await newsroom.call('getArticle', { path: { articleId: create.json.id } });
  const note = 'Adds reports on explosions in Almaty';
  const editAgain = await change(newsroom, 'updateArticle', publish, { advisory: note });
  const publishAgain = await change(newsroom, 'publishArticle', editAgain, { note });
  const followPublicationAgain = await followed(newsroom, publishAgain);
  const withdraw = await change(newsroom, 'unpublishArticle', publishAgain);
  const followTakedown = await followed(newsroom, withdraw);
  return {
    ...{
      readArticle,
      readListing,
      create,
      edit,
      submit,
      approve,
      publish,
      publishAgain,
      withdraw,
      listDesk,
      openAtDesk,
    },
    ...{ followPublication, followPublicationAgain, followTakedown },
    clockIdle,
    ...(await onTime(newsroom, { ...body, headline: headline(onAFullPage + 1) })),
    ...(await killed(newsroom, body)),
    ...(await readAll(newsroom, { ...body, headline: headline(onAFullPage + 4) })),
  };
}

/** A story that the clock publishes, a minute from now. */
async function onTime(newsroom: Newsroom, body: object): Promise<Pick<Observations, 'schedule' | 'clockPublishes'>> {
  const draft = await newsroom.call('createArticle', { body });
  const publishAt = new Date(Date.now() + 60_000).toISOString();
  const schedule = await change(newsroom, 'scheduleArticle', draft, { publishAt });
  return { schedule, clockPublishes: await newsroom.runDue(61_000) };
}

/** A story that another one points at is killed, and the clock goes over what it left. */
async function killed(newsroom: Newsroom, body: object): Promise<Pick<Observations, 'kill' | 'clockSweeps'>> {
  const story = await publishedStory(newsroom, { ...body, headline: headline(onAFullPage + 2) });
  await publishedStory(newsroom, { ...body, headline: headline(onAFullPage + 3), related: [story.json.id] });
  const notice = 'This story was withdrawn: the report that it was based on was not genuine.';
  const kill = await change(newsroom, 'killArticle', story, { notice });
  return { kill, clockSweeps: await newsroom.runDue() };
}

/** Whatever the public may ask, of a story that has all of it: picks, a correction, an earlier slug, a preview. */
async function readAll(newsroom: Newsroom, body: object): Promise<Record<ReadId, Observed>> {
  const readable = await readableStory(newsroom, body);
  const all: [ReadId, Observed][] = [];
  for (const id of readIds) {
    const read = readOf(id);
    all.push([id, await newsroom.call(read.route, read.ask(readable), untilShown)]);
  }
  return Object.fromEntries(all) as Record<ReadId, Observed>;
}

/** Milliseconds after which the change log shows what has happened by now. */
const untilShown = 20_000;

async function readableStory(newsroom: Newsroom, body: object): Promise<Readable> {
  const { items = [] } = (await newsroom.call('listPublishedArticles', { query: 'limit=20' })).json;
  const ids = items.map(({ id }) => id);
  const first = await publishedStory(newsroom, { ...body, people: [person], related: ids.slice(0, 3) });
  const at = new Date().toISOString();
  const slug = 'kazakh-police-kill-dozens-of-protesters';
  const edit = await change(newsroom, 'updateArticle', first, { slug, deck: fields.deck });
  const note = 'Twenty-six were killed, and not sixteen.';
  const second = await change(newsroom, 'publishArticle', edit, { kind: 'correction', note });
  await followed(newsroom, second);
  const articleId = second.json.id;
  const preview = await newsroom.call('createPreviewLink', { path: { articleId }, body: {} });
  const versions = await newsroom.call('listArticleVersions', { path: { slug } });
  const log = await newsroom.call('listChanges', { query: 'limit=1' }, untilShown);
  return {
    ...{
      slug,
      earlierSlug: slugIn(first),
      articleId,
      at,
      ids,
      version: versions.json.items?.[0]?.id ?? missing('a version'),
    },
    ...{ section: fields.section, topic: fields.topics[0] ?? '', tag: fields.tags[0] ?? '' },
    ...{ place: fields.places[0] ?? '', author: fields.authors[0]?.name ?? '', person },
    changesCursor: log.json.nextCursor ?? missing('a cursor of the log'),
    page: at.slice(0, 7),
    token: preview.json.url?.split('/').at(-1) ?? missing('the token of a preview'),
  };
}

type Change = 'update' | 'submit' | 'approve' | 'schedule' | 'publish' | 'unpublish' | 'kill';

/** An action upon the article as another one left it. */
async function change(
  newsroom: Newsroom,
  routeId: `${Change}Article`,
  { json: { id, version } }: Observed,
  body?: object,
): Promise<Observed> {
  const role = routeId === 'killArticle' ? 'admin' : 'editor';
  return await newsroom.call(routeId, { path: { articleId: id }, headers: { 'if-match': `"${version}"` }, body, role });
}

const headline = (count: number): string =>
  `Kazakh police kill dozens of protesters in Almaty as unrest continues, day ${count}`;

async function publishedStory(newsroom: Newsroom, body: object): Promise<Observed> {
  return await change(newsroom, 'publishArticle', await newsroom.call('createArticle', { body }), {});
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
    invocations: one.invocations + other.invocations,
    database: [...one.database, ...other.database],
    logBytes: one.logBytes + other.logBytes,
    purgedPaths: one.purgedPaths + other.purgedPaths,
    metrics: [...one.metrics, ...other.metrics],
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
