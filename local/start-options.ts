import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './start-error.ts';
import type { LocalOptions } from './start-local.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the command line and the environment ask for. Throws a StartError that names what it does not understand. */
export function startOptions(
  args: readonly string[],
  environment: Environment,
): { options: LocalOptions; watch: boolean } {
  const unknown = args.find((arg) => arg !== '--watch');
  if (unknown !== undefined)
    throw new StartError(
      `There is no option ${unknown}: only --watch, and PORT, HOST, DATELINE_DATA and DYNAMODB_ENDPOINT.`,
    );
  const text = (name: string): string | undefined => environment[name] || undefined;
  return {
    watch: args.includes('--watch'),
    options: {
      port: portOf(text('PORT')),
      host: text('HOST'),
      dataFolder: text('DATELINE_DATA') ?? join(root, '.dateline'),
      databaseEndpoint: endpointOf(text('DYNAMODB_ENDPOINT')),
      publication: {
        ...only('siteUrlTemplate', text('SITE_URL_TEMPLATE')),
        ...only('language', text('PUBLICATION_LANGUAGE')),
        ...only('timeZone', text('PUBLICATION_TIME_ZONE')),
      },
      commit: text('DATELINE_COMMIT'),
      editorialOrigins: text('EDITORIAL_ORIGINS')
        ?.split(/[\s,]+/)
        .filter(Boolean),
    },
  };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new StartError(`PORT must be a number from 0 to 65535, and it is ${JSON.stringify(text)}.`);
}

function endpointOf(text: string | undefined): string | undefined {
  if (text === undefined || (/^https?:\/\//.test(text) && URL.canParse(text))) return text;
  throw new StartError(
    `DYNAMODB_ENDPOINT must be an address like http://127.0.0.1:8000, and it is ${JSON.stringify(text)}.`,
  );
}

function only<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}
