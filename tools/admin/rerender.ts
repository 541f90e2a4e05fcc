// npm run admin -- rerender: calls the stage's own function until it is through.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { everyContentPath } from '../../contract/published-paths.ts';
import type { RerenderRequest } from '../../functions/rerender-articles/handler.ts';
import type { Progress } from '../../functions/rerender-articles/rerender-articles.ts';
import { type About, commandFor } from './about.ts';
import { AdminError } from './admin-error.ts';
import { openPlace } from './place.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Makes what is public anew, of one article or of all. Throws an AdminError that names the articles that could not be. */
export async function runRerender(about: About, { article }: { article?: string }): Promise<void> {
  const { rerenderFunction, edgeDistribution, stack } = await openPlace(about);
  if (!rerenderFunction) throw new AdminError(`${stack} is too old to render anew. Deploy it again first.`);
  const { region, profile } = about.where;
  const client = new LambdaClient({ ...(region && { region }), ...(profile && { profile }) });
  const total: Progress = { changed: 0, unchanged: 0, removed: 0, notPublic: 0, failed: [] };
  let request: RerenderRequest = { articleId: article };
  try {
    do {
      const done = await invoke(client, rerenderFunction, request);
      for (const count of ['changed', 'unchanged', 'removed', 'notPublic'] as const) total[count] += done[count];
      total.failed.push(...done.failed);
      request = { after: done.next };
      say(`${inWords(total)}${done.next ? ' so far' : ''}.`);
    } while (request.after !== undefined);
  } finally {
    client.destroy();
    // Also when it was cut short: a repeat finds as it should be what this run changed, and would not purge it.
    if (!article) await purgeEverything(edgeDistribution, { region, profile }, total.removed > 0);
  }
  if (total.failed.length > 0) throw failures(total, about);
  process.stdout.write(
    total.changed + total.removed === 0
      ? 'Everything was as it should be.\n'
      : 'Readers get what changed within a minute. Next: read one of the stories.\n',
  );
}

/** As in purge-edge: a read that was under way may put back what was taken away. In milliseconds. */
const settling = 5000;

type Where = { region?: string | undefined; profile?: string | undefined };

/**
 * One path for everything, where one for each story would take the edge an hour and cost 0.005 USD each. A failure is said
 * and not thrown: what was rendered, and what could not be, has to be told too.
 */
async function purgeEverything(DistributionId: string | undefined, where: Where, twice: boolean): Promise<void> {
  if (DistributionId === undefined) return;
  const { region, profile } = where;
  const client = new CloudFrontClient({ ...(region && { region }), ...(profile && { profile }) });
  const Paths = { Quantity: 1, Items: [everyContentPath] };
  const purge = async () => {
    const InvalidationBatch = { CallerReference: randomUUID(), Paths };
    await client.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }));
  };
  try {
    await purge();
    if (twice) {
      await pause(settling);
      await purge();
    }
    say(`The edge forgets ${everyContentPath}.`);
  } catch (error) {
    process.exitCode = 1;
    say(
      `The edge could not be purged (${(error as Error).message}), so readers may get what it kept. Purge it by hand: aws ` +
        `cloudfront create-invalidation --distribution-id ${DistributionId} --paths '${everyContentPath}'`,
    );
  } finally {
    client.destroy();
  }
}

async function invoke(client: LambdaClient, name: string, request: RerenderRequest): Promise<Progress> {
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(request)) });
  const { Payload, FunctionError } = await client.send(command);
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || '{}');
  if (FunctionError)
    throw new AdminError(
      `${name} failed: ${answer.errorMessage ?? FunctionError}. What was done before stays done, so run this again; if it ` +
        'fails again, its log says why.',
    );
  return answer as Progress;
}

function inWords({ changed, unchanged, removed, notPublic, failed }: Progress): string {
  return (
    `${changed} changed, ${unchanged} were as they should be, ${removed} were taken away, ${notPublic} are not public` +
    (failed.length > 0 ? `, ${failed.length} failed` : '')
  );
}

function failures({ failed }: Progress, { where }: About): AdminError {
  const lines = failed.slice(0, 50).map(({ id, reason }) => `  ${id}: ${reason}`);
  const more = failed.length > 50 ? [`  and ${failed.length - 50} more`] : [];
  const again = commandFor(where, 'rerender --article <id>');
  return new AdminError(`These could not be rendered:\n${[...lines, ...more].join('\n')}\nMend them, then: ${again}`);
}
