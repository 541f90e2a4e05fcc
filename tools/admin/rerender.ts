// npm run admin -- rerender: calls the stage's own function until it is through.
import { randomUUID } from 'node:crypto';
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
    if (!article) await purgeEverything(edgeDistribution, { region, profile });
  }
  if (total.failed.length > 0) throw failures(total, about);
  process.stdout.write(
    total.changed + total.removed === 0
      ? 'Everything was as it should be.\n'
      : 'Readers get what changed within a minute. Next: read one of the stories.\n',
  );
}

/** One path for everything, where one for each story would take the edge an hour and cost 0.005 USD each. */
async function purgeEverything(
  DistributionId: string | undefined,
  { region, profile }: { region?: string | undefined; profile?: string | undefined },
): Promise<void> {
  if (DistributionId === undefined) return;
  const client = new CloudFrontClient({ ...(region && { region }), ...(profile && { profile }) });
  const Paths = { Quantity: 1, Items: [everyContentPath] };
  const InvalidationBatch = { CallerReference: randomUUID(), Paths };
  await client.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }));
  client.destroy();
  say(`The edge forgets ${everyContentPath}.`);
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
