import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { GetInvalidationCommand, ListInvalidationsCommand } from '@aws-sdk/client-cloudfront';
import { everyFormOf } from '../../contract/published-paths.ts';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { linesIn } from './function-logs.ts';
import type { Trial } from './trial.ts';

/** A line of the function's log, as functions/_shared/reaction.ts writes it. */
type Line = {
  message?: string;
  reaction?: string;
  articleId?: string;
  event?: string;
  outcome?: string;
  what?: string;
};

/** What changes under readers' eyes reaches the function that makes the edge forget it: once, and nothing else does. */
export async function reaction(trial: Trial): Promise<void> {
  const { report, stage, desk, cast } = trial;
  report.begin('What follows a publication');
  const group = stage.resource('AWS::Logs::LogGroup', 'FunctionsPurgeEdgeLogs');
  if (!group) return report.say('left out: the stack has no purge-edge');
  const first = await publishNew(trial, 'Tunnel opens');
  await report.check('purge-edge follows a second publication and a withdrawal, each of them once', async () => {
    const second = await desk.publish(cast.editor, await desk.change(cast.editor, first, { deck: 'From today' }));
    await lines(trial, group, second, 1);
    const withdrawn = await desk.unpublish(cast.editor, second);
    await lines(trial, group, withdrawn, 2);
    // By the time that it has followed another story, it would have followed this one again.
    await lines(trial, group, await desk.unpublish(cast.editor, await publishNew(trial, 'Tunnel closes')), 1);
    const written = await lines(trial, group, first, 2);
    assert.deepEqual(
      written.map(({ event }) => event),
      ['articleRepublished', 'articleWithdrawn'],
    );
    report.say(`    it says: ${written.map(({ outcome, what }) => `${outcome}, ${what}`).join('; ')}`);
  });
  await checkPurged(trial, first);
}

async function publishNew({ desk, cast: { contributor, editor } }: Trial, headline: string): Promise<EditorialArticle> {
  const body = { headline, section: 'world', body: { markdown: `${headline}.` } };
  return await desk.publish(editor, await desk.create(contributor, body));
}

/** Waits until the log has so many lines about the article. */
async function lines({ aws }: Trial, group: string, { id }: EditorialArticle, count: number): Promise<Line[]> {
  for (let tries = 0; tries < 150; tries += 1) {
    const about = (await linesIn<Line>(aws, group)).filter(
      (line) => line.message === 'reaction' && line.articleId === id,
    );
    if (about.length >= count) return about;
    await pause(200);
  }
  assert.fail(`The log of purge-edge has no ${count} lines about ${id} after half a minute.`);
}

async function checkPurged({ report, stage, aws }: Trial, { slug }: EditorialArticle): Promise<void> {
  const distribution = stage.resource('AWS::CloudFront::Distribution', 'Edge');
  if (!distribution) return;
  await report.check('CloudFront was told to forget it', async () => {
    const named = { DistributionId: distribution };
    const { InvalidationList } = await aws.cloudFront.send(new ListInvalidationsCommand(named));
    const invalidations = await Promise.all(
      (InvalidationList?.Items ?? []).map(({ Id }) =>
        aws.cloudFront.send(new GetInvalidationCommand({ ...named, Id })),
      ),
    );
    const paths = invalidations.flatMap(({ Invalidation }) => Invalidation?.InvalidationBatch?.Paths?.Items ?? []);
    assert.ok(paths.includes(everyFormOf(slug ?? '')), `It was told of ${paths.join(', ') || 'nothing'}.`);
  });
}
