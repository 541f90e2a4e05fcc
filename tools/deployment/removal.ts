import assert from 'node:assert/strict';
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DeleteItemCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { publicDocumentKey } from '../../store/keys.ts';
import type { Items } from './aws.ts';
import { settledItems } from './clock.ts';
import { lateStory, projectStory } from './seeds.ts';
import type { Trial } from './trial.ts';
import { assertKept } from './upgrade.ts';

type Remains = {
  outputs: Readonly<Record<string, string>>;
  items: { editorial: Items; content: Items };
  etag: string | null;
};

/** Removes the stack, and deploys it again over the tables that stayed. */
export async function removal(trial: Trial): Promise<void> {
  const { report, stage, desk, cdk, project } = trial;
  report.begin('Removal and adoption');
  const { outputs } = stage;
  const etag = (await desk.page(projectStory.slug)).headers.get('etag');
  const remains: Remains = { outputs, items: await settledItems(trial), etag };
  report.say('cdk destroy');
  await cdk.destroy(project);
  await report.check('cdk destroy removes the stack', async () => assert.rejects(stage.status(), /does not exist/));
  await checkKept(trial, remains);
  await adopt(trial, remains);
}

async function checkKept(trial: Trial, { outputs, items }: Remains): Promise<void> {
  const { report, stage, aws, cast } = trial;
  await report.check('its APIs are gone', async () => {
    assert.notEqual((await stage.content('/health')).status, 200);
  });
  await report.check('both tables stay, with every item', async () =>
    assert.deepEqual(await settledItems(trial), items),
  );
  await report.check('the user pool stays, with its users', async () => {
    const named = { UserPoolId: outputs.UserPoolId, Username: cast.editor.name };
    assert.equal((await aws.cognito.send(new AdminGetUserCommand(named))).Enabled, true);
  });
}

async function adopt(trial: Trial, remains: Remains): Promise<void> {
  const { report, stage, desk, cdk, aws, project, people } = trial;
  const { EditorialTableName: editorial = '', ContentTableName: content = '' } = remains.outputs;
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: content }));
  const copy = await project.copy('adoption');
  await copy.set('existingTables', { editorial, content, contentStreamArn: Table?.LatestStreamArn });
  report.say('deploying the stage again with existingTables, as docs/deploy.md says');
  await cdk.mustDeploy(copy);
  await stage.look();
  await report.check('the new stack uses the tables that stayed, and makes none', () => {
    assert.deepEqual([stage.outputs.EditorialTableName, stage.outputs.ContentTableName], [editorial, content]);
    assert.equal(stage.resource('AWS::DynamoDB::GlobalTable', ''), undefined);
  });
  await report.check('it serves the same content, and has loaded no seed a second time', async () => {
    const { status, headers } = await desk.page(projectStory.slug);
    assert.deepEqual([status, headers.get('etag')], [200, remains.etag]);
    const now = await stage.items();
    assertKept(remains.items.editorial, now.editorial);
    assertKept(remains.items.content, now.content);
  });
  await report.check('a user of its new user pool edits and publishes a story of before', async () => {
    const editor = await people.join('dora', 'editor');
    const changed = await desk.change(editor, await desk.get(editor, lateStory.id), { deck: 'After the adoption' });
    await desk.publish(editor, changed);
    assert.equal((await desk.page(lateStory.slug)).json.deck, 'After the adoption');
  });
  await rerender(trial, content, remains.etag);
}

/** As after a restore that is short of something. */
async function rerender({ report, desk, aws, people }: Trial, TableName: string, etag: string | null): Promise<void> {
  await report.check('npm run admin -- rerender brings back what the content table lacks, to the byte', async () => {
    const { pk, sk } = publicDocumentKey(projectStory.slug);
    await aws.dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
    assert.equal((await desk.page(projectStory.slug)).status, 404);
    const { code, output } = await people.admin(['rerender']);
    assert.equal(code, 0, `It ended with ${code}:\n${output}`);
    const { status, headers } = await desk.page(projectStory.slug);
    assert.deepEqual([status, headers.get('etag')], [200, etag]);
  });
}
