import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { environmentVariables as variables } from '../../contract/environment.ts';
import { type BackgroundFunctionId, type FunctionId, routes } from '../../contract/routes/index.ts';
import { grants, tableAccess } from '../grants.ts';
import type { StageSettings } from '../stage-settings.ts';
import { NewsroomFunction } from './newsroom-function.ts';
import type { NewsroomTables } from './newsroom-tables.ts';

export type NewsroomFunctionsProps = {
  bundles: string;
  tables: NewsroomTables;
  settings: StageSettings;
  commit?: string;
};

/** The loader answers nobody who waits, and may be given many stories. */
export const loaderTimeout = Duration.minutes(4);

/** API Gateway gives up after 30 s; a reader or an editor has long before that. */
const apiTimeout = Duration.seconds(10);

/** Of those that no API calls. */
const timeouts: Readonly<Record<BackgroundFunctionId, Duration>> = {
  'load-seeds': loaderTimeout,
  // It goes on where it ended, so this only says how often it is called; whoever calls waits for an answer.
  'rerender-articles': Duration.minutes(2),
  // Called again each minute: what it does not come to, the next call does.
  'run-due': Duration.seconds(55),
  // A reaction may wait some seconds for the tables to settle.
  'purge-edge': Duration.seconds(30),
  // A batch of ten, each counted by itself.
  'count-published': Duration.seconds(30),
};

const backgroundDescriptions: Readonly<Record<BackgroundFunctionId, string>> = {
  'load-seeds': 'Loads the seeds at deployment',
  'rerender-articles': 'Makes the public items of articles anew',
  'run-due': 'Publishes, takes down and purges what is due',
  'count-published': 'Counts the public stories of each section, topic and day',
  'purge-edge': 'Makes the edge forget what was published again or taken down',
};

const functionIds = Object.keys(grants) as FunctionId[];

/** A Lambda for every function that the contract knows. */
export class NewsroomFunctions extends Construct {
  readonly byId: Readonly<Record<FunctionId, NewsroomFunction>>;

  constructor(scope: Construct, id: string, props: NewsroomFunctionsProps) {
    super(scope, id);
    const entries = functionIds.map((functionId) => [functionId, this.#newFunction(functionId, props)]);
    this.byId = Object.fromEntries(entries);
  }

  /** Tells the functions of the newsroom what machines are called, for its history. */
  nameMachines(clientIds: string | undefined): void {
    if (clientIds === undefined) return;
    for (const { function: id, permission } of Object.values(routes))
      if (permission !== 'public') this.byId[id].lambda.addEnvironment(variables.machineClients, clientIds);
  }

  /** Makes the functions behind the APIs refuse what does not bring one of these keys. */
  admitOnly(edgeKeys: string | undefined): void {
    if (edgeKeys === undefined) return;
    for (const { function: id } of Object.values(routes))
      this.byId[id].lambda.addEnvironment(variables.edgeKeys, edgeKeys);
  }

  #newFunction(id: FunctionId, props: NewsroomFunctionsProps): NewsroomFunction {
    const served = Object.values(routes).filter((route) => route.function === id);
    const isPublic = served.length > 0 && served.every((route) => route.permission === 'public');
    return new NewsroomFunction(this, pascalCase(id), {
      id,
      description:
        served.map((route) => route.summary).join('. ') || backgroundDescriptions[id as BackgroundFunctionId],
      bundles: props.bundles,
      environment: environment(id, props),
      tables: props.tables,
      settings: props.settings,
      memory: props.settings.memory[isPublic ? 'content' : 'editorial'],
      timeout: timeouts[id as BackgroundFunctionId] ?? apiTimeout,
    });
  }
}

/** Those that make pages and feeds of what is published, which say whose it is and lead to its site. */
const rendering: readonly FunctionId[] = ['get-published-article', 'read-versions', 'get-feed'];

/**
 * The names of the tables that a function may touch, the newsroom's settings where articles are made or rendered, and what
 * only some have to know.
 */
function environment(id: FunctionId, { tables, settings, commit }: NewsroomFunctionsProps): Record<string, string> {
  const { publication, fourEyes } = settings;
  const touched = new Set<string>(tableAccess(grants[id]).map((access) => access.table));
  const given: readonly [boolean, Record<string, string | undefined>][] = [
    [touched.has('editorial'), { [variables.editorialTable]: tables.editorial.tableName }],
    [touched.has('content'), { [variables.contentTable]: tables.content.tableName }],
    [
      touched.has('editorial') || rendering.includes(id),
      {
        [variables.publicationName]: publication.name,
        [variables.siteUrlTemplate]: publication.siteUrlTemplate,
        [variables.publicationLanguage]: publication.language,
        [variables.publicationTimeZone]: publication.timeZone,
      },
    ],
    [touched.has('editorial'), { [variables.fourEyes]: fourEyes ? 'true' : undefined }],
    [
      id === 'get-published-article' || id === 'read-versions',
      { [variables.earlierVersions]: publication.showsEarlierVersions === false ? 'off' : undefined },
    ],
    [id === 'get-feed', { [variables.feedHub]: publication.feedHub }],
    // In every function it would make each commit a new version of all of them, and load the seeds again.
    [id === 'get-health', { [variables.commit]: commit }],
  ];
  const known = given.flatMap(([isFor, values]) => (isFor ? Object.entries(values) : []));
  return Object.fromEntries(known.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
