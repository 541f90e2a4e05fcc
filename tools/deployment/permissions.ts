import assert from 'node:assert/strict';
import { settledItems } from './clock.ts';
import { articles, ifMatch } from './desk.ts';
import type { Trial } from './trial.ts';

const policy = 'deployment-test';

/** IAM is in force in all of this test; here it is seen to be. */
export async function permissions(trial: Trial): Promise<void> {
  const { report, stage } = trial;
  report.begin('Permissions');
  const role = stage.resource('AWS::IAM::Role', 'FunctionsPublishArticleRole');
  await report.check('what IAM denies the role of publish-article is neither done nor half done', async () => {
    assert.ok(role, 'The stack has no role of that name.');
    await assertNothingIsPublished(trial, role);
  });
}

async function assertNothingIsPublished(trial: Trial, role: string): Promise<void> {
  const { aws, stage, desk, cast } = trial;
  const { contributor, editor } = cast;
  const draft = await desk.create(contributor, {
    headline: 'Nobody may publish this yet',
    section: 'world',
    body: { markdown: 'Not yet.' },
  });
  const before = await settledItems(trial);
  await aws.query('iam', {
    Action: 'PutRolePolicy',
    Version: '2010-05-08',
    RoleName: role,
    PolicyName: policy,
    // Half of the transaction: what it writes to the editorial table stays permitted.
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: tableArn(stage.outputs.ContentTableName) }],
    }),
  });
  try {
    const call = { method: 'POST', token: editor.token, headers: ifMatch(draft) } as const;
    const refused = await stage.editorial(`${articles}/${draft.id}/publish`, call);
    assert.equal(refused.status, 500, refused.text);
    assert.deepEqual(await settledItems(trial), before);
  } finally {
    const named = { RoleName: role, PolicyName: policy };
    await aws.query('iam', { Action: 'DeleteRolePolicy', Version: '2010-05-08', ...named });
  }
  assert.equal((await desk.publish(editor, draft)).stage, 'published');
}

const tableArn = (name = '') => `arn:aws:dynamodb:*:*:table/${name}`;
