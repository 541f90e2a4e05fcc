import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import type { HistoryLine } from '../../contract/schemas/history.ts';
import type { Item, Items } from './aws.ts';
import { articles, ifMatch, published } from './desk.ts';
import type { Person } from './people.ts';
import type { Trial } from './trial.ts';

/** Milliseconds in which a rule that runs each minute has done what was due. */
const longestWait = 120_000;
/** Milliseconds after its first round in which the clock does not go over a killed story once more. */
const betweenRounds = 16_000;
const notice = 'This story was withdrawn: it was based on a forged report.';

/** What was begun, for the clock to end. */
type Begun = { scheduled: EditorialArticle; killed: EditorialArticle; pointing: EditorialArticle; at: number };

/**
 * What the newsroom does by itself: begun before other parts of the test, which go on while the minute passes, and looked at
 * after them.
 */
export function clockTrial() {
  let begun: Begun | undefined;
  return {
    async schedule(trial: Trial): Promise<void> {
      trial.report.begin('What is to happen by itself');
      begun = await begin(trial);
    },
    async strike(trial: Trial): Promise<void> {
      const { report } = trial;
      report.begin('What happened by itself');
      const one = begun ?? missing('Nothing was scheduled.');
      let publishedAt = 0;
      await report.check('the deployed rule had a scheduled story published within two minutes', async () => {
        publishedAt = await assertPublishedOnTime(trial, one);
      });
      await report.check('and cleared up what a killed story left', () => assertClearedUp(trial, one));
      await report.check('a call of run-due, as the runbook has it, ends the rest, and then nothing is due', () =>
        assertEndedByHand(trial, publishedAt),
      );
    },
  };
}

/** Everything that is stored, but of the stories that the clock may be at work on meanwhile. */
export async function settledItems({ stage, clockwork }: Trial): Promise<{ editorial: Items; content: Items }> {
  const isSettled = ([key, item]: [string, Item]) =>
    // A reaction counts some seconds after each publication.
    !/^COUNTS#| COUNTED$/.test(key) && !clockwork.some((word) => JSON.stringify([key, item]).includes(word));
  const { editorial, content } = await stage.items();
  return { editorial: new Map([...editorial].filter(isSettled)), content: new Map([...content].filter(isSettled)) };
}

/** Has the clock end what follows the changes that were made so far, so that it does nothing to what is settled from now on. */
export async function settle(trial: Trial): Promise<void> {
  const name = trial.stage.resource('AWS::Lambda::Function', 'FunctionsRunDue') ?? missing('The stack has no run-due.');
  const deadline = Date.now() + 60_000;
  while ([...(await settledItems(trial)).editorial.values()].some(({ dueAt }) => dueAt)) {
    if (Date.now() > deadline) throw new Error('The clock did not come to the end of what was due.');
    await trial.aws.invoke(name);
    await pause(2000);
  }
}

function missing(what: string): never {
  throw new Error(what);
}

async function begin(trial: Trial): Promise<Begun> {
  const { report, desk, people, cast } = trial;
  const { contributor, editor } = cast;
  const draft = await desk.create(contributor, story('Lighthouse keeper retires'));
  const killed = await desk.publish(editor, await desk.create(contributor, story('Treasure found in the harbour')));
  const other = await desk.create(contributor, { ...story('Divers leave the harbour'), related: [killed.id] });
  const pointing = await desk.publish(editor, other);
  trial.clockwork = [draft, killed, pointing].flatMap((article) => [article.id, slugOf(article)]);
  await report.check('a contributor may not schedule, and nobody but an admin may kill', async () => {
    const publishAt = new Date(Date.now() + 3_600_000).toISOString();
    await assertForbidden(trial, contributor, draft, 'schedule', { publishAt });
    for (const person of [contributor, editor]) await assertForbidden(trial, person, killed, 'kill', { notice });
  });
  const scheduled = await scheduledSoon(trial, draft);
  const admin = await people.join('nora', 'admin');
  await report.check('a killed story answers 410 with its notice, and is in no listing', async () => {
    await desk.kill(admin, killed, { notice });
    await assertKilled(trial, killed);
  });
  return { scheduled, killed, pointing, at: Date.now() };
}

const story = (headline: string) => ({ headline, section: 'world', body: { markdown: `${headline}, it was said.` } });

/** For a moment that has to lie in the future, and is over before the next minute. */
async function scheduledSoon({ report, desk, cast: { editor } }: Trial, draft: EditorialArticle) {
  const publishAt = new Date(Date.now() + 3_000).toISOString();
  const scheduled = await desk.schedule(editor, draft, { publishAt });
  await report.check('an editor schedules a story, which is not public yet', async () => {
    assert.equal(scheduled.stage, 'scheduled');
    assert.equal((await desk.page(slugOf(scheduled))).status, 404);
  });
  return scheduled;
}

const slugOf = ({ headline }: EditorialArticle): string => headline.toLowerCase().replaceAll(' ', '-');

async function assertForbidden(
  { stage }: Trial,
  { token, role }: Person,
  article: EditorialArticle,
  action: 'schedule' | 'kill',
  body: object,
): Promise<void> {
  const call = { token, headers: ifMatch(article), body };
  const { status, json, text } = await stage.editorial(`${articles}/${article.id}/${action}`, call);
  assert.deepEqual([role, action, status, json.code], [role, action, 403, 'forbidden'], text);
}

async function assertKilled({ stage, desk }: Trial, killed: EditorialArticle): Promise<void> {
  const page = await desk.page(slugOf(killed));
  assert.equal(page.status, 410, page.text);
  assert.ok(page.text.includes(notice), page.text);
  assert.ok(!page.text.includes(killed.headline), page.text);
  for (const listing of [published, `${published}?section=world`])
    assert.ok(!(await stage.content(listing)).text.includes(killed.id), `It stands in ${listing}.`);
}

/** Returns when that was. */
async function assertPublishedOnTime(
  { stage, desk, report, cast: { editor } }: Trial,
  { scheduled, at }: Begun,
): Promise<number> {
  while ((await desk.page(slugOf(scheduled))).status !== 200) {
    assert.ok(Date.now() < at + longestWait, 'It is not public after two minutes.');
    await pause(500);
  }
  const live = await desk.get(editor, scheduled.id);
  assert.deepEqual([live.stage, live.schedule, live.trouble], ['published', null, null]);
  const history = `${articles}/${scheduled.id}/history`;
  const { json } = await stage.editorial<{ items: HistoryLine[] }>(history, { token: editor.token });
  const [line = missing('The history has no line.')] = json.items;
  const { action, by, scheduledBy, lateByMs } = line;
  assert.deepEqual([action, by.username, scheduledBy?.username], ['publish', 'clock', editor.name]);
  assert.ok(lateByMs !== null && lateByMs < longestWait, `It was ${lateByMs} ms late.`);
  report.say(`    it was ${Math.round(lateByMs / 1000)} s late`);
  return Date.parse(line.at);
}

/** By the same run: the stories that point at it do so no more, and its public versions have no text. */
async function assertClearedUp({ stage, desk }: Trial, { killed, pointing, at }: Begun): Promise<void> {
  const related = async () => (await desk.page(slugOf(pointing))).json.related;
  for (let now = await related(); now.length > 0; now = await related()) {
    assert.ok(Date.now() < at + longestWait, `It still points at ${now.join()}.`);
    await pause(200);
  }
  const { content } = await stage.items();
  const versions = [...content].filter(([key]) => key.startsWith(`ARTICLE#${killed.id} VERSION#`));
  assert.deepEqual(
    versions.filter(([, item]) => item.gz),
    [],
  );
}

/** The clock goes over a killed story a second time, for publications that did not know of it yet. */
async function assertEndedByHand({ aws, stage }: Trial, firstRoundAt: number): Promise<void> {
  const name = stage.resource('AWS::Lambda::Function', 'FunctionsRunDue') ?? missing('The stack has no run-due.');
  await pause(Math.max(0, firstRoundAt + betweenRounds - Date.now()));
  const done = await aws.invoke<{ swept: number; failed: number }>(name);
  assert.equal(done.failed, 0);
  const { editorial } = await stage.items();
  const due = [...editorial].flatMap(([key, { dueAt }]) => (dueAt ? [`${key} at ${dueAt.S}`] : []));
  assert.deepEqual(due, []);
}
