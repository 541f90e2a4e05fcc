import assert from 'node:assert/strict';
import { edgeKeyHeader } from '../../contract/environment.ts';
import { articles } from './desk.ts';
import type { Trial } from './trial.ts';

/** CloudFront itself passes nothing on here: the test asks the APIs as it would, with its key. */
export async function edge({ report, stage, cast }: Trial): Promise<void> {
  if (!stage.resource('AWS::CloudFront::Distribution', 'Edge')) return report.say('the edge is left out');
  report.begin('The edge');
  await report.check('whoever walks around CloudFront gets 421 from both APIs', async () => {
    for (const key of ['', 'guessed']) {
      const headers = { [edgeKeyHeader]: key };
      assert.equal((await stage.content('/health', { headers })).status, 421);
      assert.equal((await stage.editorial(articles, { headers, token: cast.editor.token })).status, 421);
    }
  });
  await report.check('the address of the stage is CloudFront’s', () =>
    assert.match(stage.outputs.Url ?? '', /cloudfront/),
  );
}
