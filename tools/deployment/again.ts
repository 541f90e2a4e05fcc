import assert from 'node:assert/strict';
import type { Items } from './aws.ts';
import { settledItems } from './clock.ts';
import type { ProjectCopy } from './project-copy.ts';
import { Stop } from './report.ts';
import { addSeed, earlyStory, lateStory, projectStory } from './seeds.ts';
import { whileServing } from './serving.ts';
import type { Trial } from './trial.ts';
import { assertKept } from './upgrade.ts';

const handler = 'functions/get-health/handler.ts';
const changedHandler = `import { handler as original } from './original.ts';

export const handler: typeof original = async (event, context) => {
  const reply = await original(event, context);
  return { ...reply, headers: { ...reply.headers, 'x-deployment': 'second' } };
};
`;

/** A second deployment, with a changed function, changed seeds and a new one. */
export async function again(trial: Trial): Promise<void> {
  const { report, stage, cdk } = trial;
  report.begin('A second deployment');
  const edited = await editSeeded(trial);
  const before = await settledItems(trial);
  const copy = await changedProject(trial);
  report.say('deploying a changed function, two changed seeds and a new one');
  const { result, interrupted } = await whileServing(stage, cdk.deploy(copy));
  if (!result.succeeded) throw new Stop('cdk deploy failed.', result.output);
  await report.check('it goes through after those that failed', async () =>
    assert.equal(await stage.status(), 'UPDATE_COMPLETE'),
  );
  await report.check('the stage served all the while', () => assert.ifError(interrupted));
  await stage.look();
  await report.check('the changed function answers anew', async () =>
    assert.equal((await stage.content('/health')).headers.get('x-deployment'), 'second'),
  );
  await checkContent(trial, before, edited);
}

/** An editor works on the story that comes with the project. */
async function editSeeded({ desk, cast: { editor } }: Trial): Promise<string> {
  const headline = 'Kazakh police kill ‘dozens’, as edited at the desk';
  const changed = await desk.change(editor, await desk.get(editor, projectStory.id), { headline });
  await desk.publish(editor, changed, { kind: 'update' });
  return headline;
}

async function changedProject({ project }: Trial): Promise<ProjectCopy> {
  const copy = await project.copy('second');
  await copy.write('functions/get-health/original.ts', await copy.read(handler));
  await copy.write(handler, changedHandler);
  await copy.replace(`seeds/${projectStory.file}`, 'Kazakh police', 'Changed in its file: Kazakh police');
  await copy.replace(`seeds/${earlyStory.file}`, earlyStory.headline, 'Changed in its file: ferries');
  await addSeed(copy, lateStory);
  return copy;
}

async function checkContent(trial: Trial, before: { editorial: Items; content: Items }, edited: string): Promise<void> {
  const { report, desk } = trial;
  await report.check('all content survives, unchanged', async () => {
    const { editorial, content } = await settledItems(trial);
    assertKept(before.editorial, editorial);
    assertKept(before.content, content);
  });
  await report.check('a loaded seed whose file changed is left alone, edited at the desk or not', async () => {
    assert.equal((await desk.page(projectStory.slug)).json.headline, edited);
    assert.equal((await desk.page(earlyStory.slug)).json.headline, earlyStory.headline);
  });
  await report.check('the new seed is published', async () => {
    const { status, json } = await desk.page(lateStory.slug);
    assert.deepEqual([status, json.headline, json.id], [200, lateStory.headline, lateStory.id]);
  });
}
