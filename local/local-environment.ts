import { environmentVariables, type PublicationSettings } from '../contract/environment.ts';
import { getPublishedArticle } from '../contract/routes/get-published-article.ts';
import type { TableName } from '../store/tables.ts';
import { localCredentials } from './create-tables.ts';

export type LocalSettings = {
  endpoint: string;
  tables: Readonly<Record<TableName, string>>;
  /** Where this system answers, for the addresses of articles when no site shows them. */
  url: string;
  publication?: Partial<PublicationSettings> | undefined;
  commit?: string | undefined;
};

/** Sets what the stack gives the functions as their environment. */
export function setEnvironment({ endpoint, tables, url, publication, commit }: LocalSettings): void {
  const names = environmentVariables;
  Object.assign(process.env, localCredentials, {
    [names.editorialTable]: tables.editorial,
    [names.contentTable]: tables.content,
    [names.dynamodbEndpoint]: endpoint,
    [names.publicationName]: publication?.name ?? 'Dateline',
    [names.siteUrlTemplate]: publication?.siteUrlTemplate ?? `${url}${getPublishedArticle.path}`,
    [names.publicationLanguage]: publication?.language ?? 'en',
    [names.publicationTimeZone]: publication?.timeZone ?? 'UTC',
    [names.commit]: commit ?? 'local',
  });
  // What is left of a session with a real account has no place here.
  delete process.env.AWS_SESSION_TOKEN;
}
