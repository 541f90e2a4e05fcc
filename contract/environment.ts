/**
 * The environment variables of the functions. The stack and the local gateway set them from a stage's settings;
 * `functions/_shared/environment.ts` reads them. A function gets the names of those tables only that it may touch.
 */
export const environmentVariables = {
  /** Name of the editorial table. */
  editorialTable: 'EDITORIAL_TABLE',
  /** Name of the content table. */
  contentTable: 'CONTENT_TABLE',
  /** Where DynamoDB answers, when it is not AWS: `http://127.0.0.1:8000`. */
  dynamodbEndpoint: 'DYNAMODB_ENDPOINT',
  /** What the newsroom is called: `Dateline`. */
  publicationName: 'PUBLICATION_NAME',
  /** The page of an article on the site that shows it: `https://example.com/{section}/{slug}`. */
  siteUrlTemplate: 'SITE_URL_TEMPLATE',
  /** BCP 47 tag of what the newsroom writes in, for articles that do not say. */
  publicationLanguage: 'PUBLICATION_LANGUAGE',
  /** IANA zone in which the newsroom's day begins, for datelines without a year. */
  publicationTimeZone: 'PUBLICATION_TIME_ZONE',
  /** Where previews are served, on a stage without an edge: `https://abc.execute-api.eu-west-1.amazonaws.com`. */
  previewUrl: 'PREVIEW_URL',
  /** `off` where readers get current versions alone. */
  earlierVersions: 'EARLIER_VERSIONS',
  /** The WebSub hub that feeds name, where there is one. */
  feedHub: 'FEED_HUB',
  /** `true` where a text needs a second person before it is published. */
  fourEyes: 'FOUR_EYES',
  /** What shows that a request came through CloudFront, in `edgeKeyHeader`; two, with a comma between, while it is changed. */
  edgeKeys: 'EDGE_KEYS',
  /** The machine clients by name, `{"wire-ingest":"<client id>"}`: the history names them so. */
  machineClients: 'MACHINE_CLIENTS',
  /** The CloudFront distribution before the APIs, where there is one. */
  edgeDistribution: 'EDGE_DISTRIBUTION_ID',
  /** What is purged from it: `every-change`, or `takedowns` alone. */
  edgePurges: 'EDGE_PURGES',
  /** The commit that was built, for `/health`. */
  commit: 'DATELINE_COMMIT',
} as const;

/** CloudFront sends it to the APIs and drops one that a caller sends. */
export const edgeKeyHeader = 'x-dateline-edge';
/** So is this: the name by which the caller asked CloudFront, which is where feeds say that they are. */
export const edgeHostHeader = 'x-dateline-host';

export type EnvironmentVariable = keyof typeof environmentVariables;

/** The settings of a newsroom that its functions need. */
export type PublicationSettings = { name: string; siteUrlTemplate: string; language: string; timeZone: string };
