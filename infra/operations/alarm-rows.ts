import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { ReactionId } from '../../contract/events.ts';
import { clockMetric, tableMetric, type Watched } from './watched.ts';

/** A metric of its own a row: an alarm costs 0.10 USD a month, and one over an expression as much for each metric in it. */
export type AlarmRow = {
  id: string;
  /** What readers or editors lose. */
  errorImpact: string;
  /** What to do first. */
  firstStep: string;
  /** The section of docs/runbook.md, as the anchor that its heading makes. */
  runbook: string;
  metric: Metric;
  /** Reached is enough. */
  threshold: number;
  /** It goes off below the threshold, and where nothing is counted at all. */
  isHeartbeat?: true;
  /** How many of how many periods have to reach it. */
  datapoints: readonly [reaching: number, of: number];
};

/** CloudWatch looks every minute at the five that have passed, so a count in them is seen a minute after it is reached. */
const inFiveMinutes = { period: Duration.minutes(5), statistic: 'Sum' } as const;
const once = [1, 1] as const;

/**
 * At night one request is a minute's whole p99. Three slow minutes in five tell an outage from a slow request, still
 * within those five.
 */
const slowestHundredth = { period: Duration.minutes(1), statistic: 'p99' } as const;
const threeInFive = [3, 5] as const;

/** Each is tried again with jitter, so that a few cost their callers milliseconds. */
const throttledTableRequests = 100;

/** Of the five runs of the clock. One that fails is made up for by the next. */
const failedRuns = 3;

/** As many requests as the default for failures: the caller of each got a 5xx. */
const throttledInvocations = 5;

/**
 * What is watched, by what is lost and not by function: a function that fails shows as a failure of its API. Left out are
 * errors of reactions, which are tried again until they succeed or end among the dead letters; DynamoDB's system errors,
 * which are tried again too and otherwise fail an API; previews, which few ask for and whose failures the logs have; and the
 * seed loader, which fails the deployment. CloudFront's
 * metrics are in us-east-1 alone, where only a stage of that Region could have an alarm: docs/runbook.md has a command.
 */
export function alarmRows(watched: Watched): AlarmRow[] {
  return [
    ...contentRows(watched),
    ...editorialRows(watched),
    ...sharedRows(),
    ...reactionRows(watched),
    ...clockRows(watched),
  ];
}

function contentRows({ contentApi: { api }, tables, settings }: Watched): AlarmRow[] {
  const { contentFailures, contentMilliseconds } = settings.alarms.thresholds;
  return [
    {
      id: 'content-failures',
      errorImpact: 'Readers get errors instead of stories, wherever no cache has an older copy.',
      firstStep: 'See which route fails, and whether a deployment came just before.',
      runbook: 'content-failures',
      metric: api.metricServerError(inFiveMinutes),
      threshold: contentFailures,
      datapoints: once,
    },
    {
      id: 'content-slow',
      errorImpact: 'Readers wait for stories that no cache has.',
      firstStep: 'See on the dashboard whether the functions or the content table are slow.',
      runbook: 'content-slow',
      metric: api.metricLatency(slowestHundredth),
      threshold: contentMilliseconds,
      datapoints: threeInFive,
    },
    {
      id: 'content-reads-throttled',
      errorImpact: 'Reads of stories and listings wait and are repeated; those that wait too long end in an error.',
      firstStep: 'Find the listing or story that is asked for too often, and see that the edge caches it.',
      runbook: 'content-reads-throttled',
      metric: tableMetric(tables.content, 'ReadThrottleEvents').with(inFiveMinutes),
      threshold: throttledTableRequests,
      datapoints: once,
    },
  ];
}

function editorialRows({ editorialApi: { api }, tables, settings }: Watched): AlarmRow[] {
  const { editorialFailures, editorialMilliseconds } = settings.alarms.thresholds;
  return [
    {
      id: 'editorial-failures',
      errorImpact: "Editors can't save or publish; nothing that was saved before is lost.",
      firstStep: 'See which route fails, and whether a deployment came just before.',
      runbook: 'editorial-failures',
      metric: api.metricServerError(inFiveMinutes),
      threshold: editorialFailures,
      datapoints: once,
    },
    {
      id: 'editorial-slow',
      errorImpact: 'Editors wait for every save and publication.',
      firstStep: 'See on the dashboard which function is slow.',
      runbook: 'editorial-slow',
      metric: api.metricLatency(slowestHundredth),
      threshold: editorialMilliseconds,
      datapoints: threeInFive,
    },
    {
      id: 'editorial-writes-throttled',
      errorImpact: 'Saves and publications wait and are repeated; those that wait too long are refused as busy.',
      firstStep: 'Find who writes so much, most likely an import, and slow it down.',
      runbook: 'editorial-writes-throttled',
      metric: tableMetric(tables.editorial, 'WriteThrottleEvents').with(inFiveMinutes),
      threshold: throttledTableRequests,
      datapoints: once,
    },
  ];
}

/** Of all functions of the account in this Region, whose concurrency is one pool: whoever empties it, ours are refused. */
function sharedRows(): AlarmRow[] {
  return [
    {
      id: 'functions-throttled',
      errorImpact: 'Readers and editors are refused because too many functions of this AWS account run at once.',
      firstStep: 'Compare the concurrency on the dashboard with the limit of the account.',
      runbook: 'functions-throttled',
      metric: Lambda.metricAllThrottles(inFiveMinutes),
      threshold: throttledInvocations,
      datapoints: once,
    },
  ];
}

/** What is lost while a reaction is late or has given up, and what to do while one is late. */
const reactionTexts: Readonly<Record<ReactionId, Pick<AlarmRow, 'errorImpact' | 'firstStep'>>> = {
  'purge-edge': {
    errorImpact: 'The edge may go on showing stories that were corrected or withdrawn, until its copies run out.',
    firstStep: 'Purge by hand if a withdrawn story still shows, then see why the function is behind.',
  },
  'count-published': {
    errorImpact: 'The counts of sections, topics and days, and the sitemap, lag behind what is published.',
    firstStep: 'See why the function is behind; the counts come right by themselves when it is not.',
  },
};

function reactionRows({ reactions, functions, settings }: Watched): AlarmRow[] {
  const lagging = reactions.functionIds.map((id) => ({
    id: `reactions-late-${id}`,
    ...reactionTexts[id],
    runbook: 'reactions-late',
    metric: functions.byId[id].lambda.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
    // The metric is in milliseconds.
    threshold: settings.alarms.thresholds.reactionLagSeconds * 1000,
    // A batch that is stuck reports its age with each attempt; one that was late once needs nobody any more.
    datapoints: [2, 5] as const,
  }));
  return [
    ...lagging,
    {
      id: 'reactions-failed',
      errorImpact: 'The edge may show what was corrected or withdrawn, or counts of published stories stay wrong.',
      firstStep:
        'See which reaction gave up; purge the edge or render anew, which makes it right, then delete the dead letters.',
      runbook: 'reactions-failed',
      metric: reactions.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      datapoints: once,
    },
  ];
}

/**
 * Nobody asks for what happens by itself, so nobody notices that it does not. Four: the clock may not be called, be called
 * in vain, come too late, or have to leave something to people.
 */
function clockRows(watched: Watched): AlarmRow[] {
  const { lambda } = watched.functions.byId['run-due'];
  const errorImpact = 'What is scheduled is not published or taken down, and the trash is not emptied.';
  return [
    {
      id: 'clock-stopped',
      errorImpact,
      firstStep: 'See whether the rule was disabled or the newsroom closed, and run the clock by hand meanwhile.',
      runbook: 'clock-stopped',
      metric: lambda.metricInvocations(inFiveMinutes),
      threshold: 1,
      isHeartbeat: true,
      datapoints: once,
    },
    {
      id: 'clock-failing',
      errorImpact,
      firstStep: 'Run the clock by hand and read the error, and see whether a deployment came just before.',
      runbook: 'clock-failing',
      metric: lambda.metricErrors(inFiveMinutes),
      threshold: failedRuns,
      datapoints: once,
    },
    {
      id: 'due-late',
      errorImpact: 'Stories appear or disappear later than was scheduled.',
      firstStep: 'See on the dashboard whether the clock stood still before, or has too much to do.',
      runbook: 'due-late',
      metric: clockMetric(watched, 'LateByMs').with({ period: inFiveMinutes.period }),
      // The metric is in milliseconds.
      threshold: watched.settings.alarms.thresholds.lateSeconds * 1000,
      datapoints: once,
    },
    {
      id: 'due-failed',
      errorImpact:
        'Something scheduled was given up: a story does not appear, or one that should be gone is still there.',
      firstStep: 'Find the article, which says what was wrong, and have an editor mend it and schedule it again.',
      runbook: 'due-failed',
      metric: clockMetric(watched, 'Failed').with({ period: inFiveMinutes.period }),
      threshold: 1,
      datapoints: once,
    },
  ];
}
