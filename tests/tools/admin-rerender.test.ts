import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { admin } from './admin-command.ts';
import { FakeAws } from './admin-fake-aws.ts';

let aws: FakeAws;
beforeEach(async () => {
  aws = await FakeAws.start();
  const stack = aws.stacks.get('Dateline-dev');
  if (stack) stack.outputs.RerenderFunctionName = 'rerender-fn';
});
afterEach(() => aws.stop());

const run = { changed: 1, unchanged: 8, removed: 0, notPublic: 1, failed: [] };

test('rerender calls the stage’s function until it is through, and says how far it is', async () => {
  aws.progress.push({ ...run, next: '2026-01-01#a' }, { ...run, changed: 0 });
  const { code, stdout, stderr } = await admin(['rerender'], { aws });
  expect({ code, asked: aws.calls.slice(1) }).toEqual({
    code: 0,
    asked: [
      { operation: 'Invoke rerender-fn', input: {} },
      { operation: 'Invoke rerender-fn', input: { after: '2026-01-01#a' } },
    ],
  });
  expect(stderr).toBe(
    '1 changed, 8 were as they should be, 0 were taken away, 1 are not public so far.\n' +
      '1 changed, 16 were as they should be, 0 were taken away, 2 are not public.\n',
  );
  expect(stdout).toMatch(/^Readers get what changed within a minute/);
});

test('rerender of one article asks for that one, and names what could not be done', async () => {
  aws.progress.push({ ...run, failed: [{ id: 'a-1', reason: 'The section x is not there any more.' }] });
  const { code, stderr } = await admin(['rerender', '--article', 'a-1'], { aws });
  expect(aws.inputOf('Invoke rerender-fn')).toEqual({ articleId: 'a-1' });
  expect(code).toBe(1);
  expect(stderr).toContain(
    'These could not be rendered:\n  a-1: The section x is not there any more.\nMend them, then: ',
  );
});

test('a stack from before it can be rendered anew is to be deployed first', async () => {
  delete aws.stacks.get('Dateline-dev')?.outputs.RerenderFunctionName;
  const { code, stderr } = await admin(['rerender'], { aws });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'Dateline-dev is too old to render anew. Deploy it again first.\n',
  });
});

test('the edge is purged of everything once a run over everything ends', async () => {
  const stack = aws.stacks.get('Dateline-dev');
  if (stack) stack.outputs.EdgeDistributionId = 'E2EXAMPLE';
  aws.progress.push(run);
  const { code, stderr } = await admin(['rerender'], { aws });
  expect(aws.inputOf('Invalidate E2EXAMPLE')).toEqual({ paths: ['/content/v1/*'] });
  expect({ code, stderr: stderr.split('\n').at(-2) }).toEqual({ code: 0, stderr: 'The edge forgets /content/v1/*.' });
});

test('a purge that is refused hides nothing, and says what to do', async () => {
  const stack = aws.stacks.get('Dateline-dev');
  if (stack) stack.outputs.EdgeDistributionId = 'E2EXAMPLE';
  aws.failures.set('Invalidate', { name: 'AccessDenied', message: 'not you', status: 403 });
  aws.progress.push({ ...run, failed: [{ id: 'a-1', reason: 'The section x is not there any more.' }] });
  const { code, stderr } = await admin(['rerender'], { aws });
  expect(code).toBe(1);
  expect(stderr).toContain(
    '(not you), so readers may get what it kept. Purge it by hand: aws cloudfront create-invalidation',
  );
  expect(stderr).toContain('These could not be rendered:\n  a-1: ');
});
