import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { NewsroomFunctions } from '../constructs/newsroom-functions.ts';
import type { NewsroomTable, NewsroomTables } from '../constructs/newsroom-tables.ts';
import type { Reactions } from '../constructs/reactions.ts';
import type { RouteApi } from '../constructs/route-api.ts';
import type { StageSettings } from '../stage-settings.ts';

/** What of the stack is watched. */
export type Watched = {
  settings: StageSettings;
  contentApi: RouteApi;
  /** Seen in its logs alone. */
  previewApi: Pick<RouteApi, 'accessLogs'>;
  editorialApi: RouteApi;
  functions: NewsroomFunctions;
  tables: NewsroomTables;
  reactions: Pick<Reactions, 'deadLetters' | 'functionIds'>;
  /** Where the stage has one. */
  edge?: { distribution: IDistribution } | undefined;
};

/** As `functions/_shared/metrics.ts` writes them, in months in which something is due. */
const clockNamespace = 'Dateline';
type ClockMetric = 'LateByMs' | 'Failed';

/** What the clock says of itself: how late it was, and what it gave up. */
export function clockMetric({ functions }: Pick<Watched, 'functions'>, metricName: ClockMetric): Metric {
  const { functionName } = functions.byId['run-due'].lambda;
  return new Metric({
    namespace: clockNamespace,
    metricName,
    dimensionsMap: { FunctionName: functionName },
    statistic: metricName === 'LateByMs' ? 'Maximum' : 'Sum',
  });
}

type TableMetric =
  | 'ConsumedReadCapacityUnits'
  | 'ConsumedWriteCapacityUnits'
  | 'ReadThrottleEvents'
  | 'WriteThrottleEvents';

/** Of the table itself: its indexes have metrics of their own. Tables that the stage did not make have no `metric()`. */
export function tableMetric({ tableName }: NewsroomTable, metricName: TableMetric, label?: string): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: tableName },
    statistic: 'Sum',
    ...(label ? { label } : {}),
  });
}
