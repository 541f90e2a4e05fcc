import assert from 'node:assert/strict';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import type { Items } from './aws.ts';
import { published } from './desk.ts';
import { earlierCommit } from './earlier-commit.ts';
import { ProjectCopy } from './project-copy.ts';
import type { Answer } from './stage.ts';
import type { Trial } from './trial.ts';

/** What an older commit wrote, in every state that an article may be in. */
type Content = { draft: EditorialArticle; live: EditorialArticle; withdrawn: EditorialArticle };

/** What callers and operators saw of it before the upgrade. */
type Before = {
  content: Content;
  page: Answer<unknown>;
  editorial: Items;
  public: Items;
};

const slugs = { first: 'harbour-closed', live: 'harbour-closed-for-a-week', withdrawn: 'false-alarm' };

/** Deploys the project, over an earlier commit where there is one that stores content in another way. */
export async function upgrade(trial: Trial): Promise<void> {
  const { report, cdk, project } = trial;
  report.begin('Upgrade');
  const earlier = await earlierCommit();
  const before = 'hash' in earlier ? await inhabit(trial, earlier) : undefined;
  if ('none' in earlier) report.say(`left out: ${earlier.none}`);
  report.say('deploying the tree, which CDK validates first');
  const { outputs } = await cdk.mustDeploy(project, { validated: true });
  await trial.stage.look();
  await report.check('cdk deploy deploys the project, and its outputs say where', async () => {
    assert.equal((await trial.stage.content('/health')).status, 200);
    assert.deepEqual(outputs, trial.stage.outputs);
    assert.ok(outputs.ContentApiUrl && outputs.EditorialApiUrl && outputs.UserPoolId);
  });
  if (before) await checkIntact(trial, before);
  else trial.cast = await newCast(trial);
}

async function inhabit(trial: Trial, { hash, title }: { hash: string; title: string }): Promise<Before> {
  const { report, stage } = trial;
  report.say(`deploying the earlier commit ${title}`);
  await trial.cdk.mustDeploy(await ProjectCopy.ofCommit(hash, 'earlier'));
  await stage.look();
  report.say('writing content with it: a draft, a published and an unpublished story');
  trial.cast = await newCast(trial);
  const content = await write(trial);
  const { editorial, content: publicItems } = await stage.items();
  const page = await trial.desk.page(slugs.live);
  assert.equal(page.status, 200);
  return { content, page, editorial, public: publicItems };
}

async function newCast({ people }: Trial): Promise<Trial['cast']> {
  const [contributor, editor] = await Promise.all([people.join('ben', 'contributor'), people.join('ana', 'editor')]);
  return { contributor, editor };
}

async function write({ desk, cast: { contributor, editor } }: Trial): Promise<Content> {
  const story = (headline: string) => ({ headline, section: 'world', body: { markdown: `${headline}, it was said.` } });
  const created = await desk.create(contributor, story('Harbour still a draft'));
  const draft = await desk.change(contributor, created, { deck: 'In its second revision' });
  const first = await desk.publish(editor, await desk.create(contributor, story('Harbour closed')));
  const renamed = await desk.change(editor, first, {
    headline: 'Harbour closed for a week',
    slug: slugs.live,
    body: { markdown: 'The harbour is closed for a week, it was said.' },
  });
  const live = await desk.publish(editor, renamed, { kind: 'correction', note: 'We said a day; it is a week.' });
  const alarm = await desk.publish(editor, await desk.create(contributor, story('False alarm')));
  return { draft, live, withdrawn: await desk.unpublish(editor, alarm) };
}

async function checkIntact(trial: Trial, before: Before): Promise<void> {
  const { report, stage, desk, cast } = trial;
  await report.check('every item that the earlier commit wrote is in the same table, unchanged', async () => {
    const { editorial, content } = await stage.items();
    assertKept(before.editorial, editorial);
    assertKept(before.public, content);
  });
  await report.check('a user of before signs in, and finds the same articles, versions and slugs', async () => {
    const editor = { ...cast.editor, token: await trial.people.tokenOf(cast.editor.name, cast.editor.password) };
    for (const article of Object.values(before.content))
      assert.partialDeepStrictEqual(await desk.get(editor, article.id), article);
  });
  await report.check('what was published has the same bytes and the same ETag', async () => {
    const page = await desk.page(slugs.live);
    assert.equal(page.status, 200);
    assert.equal(page.text, before.page.text);
    assert.equal(page.headers.get('etag'), before.page.headers.get('etag'));
  });
  await report.check('its old address leads to the new one, and the unpublished story is not public', async () => {
    const { status, headers } = await desk.page(slugs.first);
    assert.deepEqual([status, headers.get('location')], [301, `${published}/${slugs.live}`]);
    assert.equal((await desk.page(slugs.withdrawn)).status, 404);
    assert.equal((await desk.page('harbour-still-a-draft')).status, 404);
  });
  await checkEditable(trial, before.content);
}

async function checkEditable({ report, desk, cast: { editor } }: Trial, content: Content): Promise<void> {
  for (const [state, article] of Object.entries(content))
    await report.check(`the ${state} story of before can be edited and published`, async () => {
      const edited = await desk.change(editor, article, { deck: `Edited after the upgrade, was ${state}` });
      const { stage, publication } = await desk.publish(editor, edited);
      assert.equal(stage, 'published');
      assert.equal((await desk.page(publication?.slug ?? '')).json.deck, `Edited after the upgrade, was ${state}`);
    });
}

export function assertKept(before: Items, now: Items): void {
  // Counts follow what is published meanwhile.
  for (const [key, item] of before)
    if (!key.startsWith('COUNTS#')) assert.deepEqual(now.get(key), item, `The item ${key} is not what it was.`);
}
