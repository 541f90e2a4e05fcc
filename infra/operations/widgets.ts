import { Duration } from 'aws-cdk-lib';
import { Color, GraphWidget, type IWidget, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { type FunctionId, routes } from '../../contract/routes/index.ts';
import type { RouteApi } from '../constructs/route-api.ts';
import { clockMetric, tableMetric, type Watched } from './watched.ts';

const third = { width: 8, height: 6 } as const;
const half = { width: 12, height: 6 } as const;
const wide = { width: 9, height: 6 } as const;
const minute = { period: Duration.minutes(1) } as const;
const fiveMinutes = { period: Duration.minutes(5) } as const;

/** Are readers served, and can editors publish? */
export function servedWidgets({ contentApi, editorialApi, functions }: Watched): IWidget[] {
  const publications = functions.byId['publish-article'].lambda.metricInvocations({
    ...fiveMinutes,
    label: 'publish requests',
  });
  return [
    servedWidget('Are readers served?', contentApi),
    servedWidget('Can editors publish?', editorialApi, [publications]),
  ];
}

function servedWidget(title: string, { api }: RouteApi, others: Metric[] = []): IWidget {
  const requests = api.metricCount({ ...fiveMinutes, label: 'requests', statistic: 'Sum' });
  const failures = api.metricServerError({ ...fiveMinutes, label: 'failed (5xx)', statistic: 'Sum', color: Color.RED });
  const success = new MathExpression({
    expression: '100 - 100 * FILL(failures, 0) / requests',
    usingMetrics: { requests, failures },
    label: '% served',
    color: Color.GREEN,
    ...fiveMinutes,
  });
  return new GraphWidget({
    title,
    left: [requests, ...others, failures],
    leftYAxis: { min: 0 },
    right: [success],
    rightYAxis: { min: 0, max: 100 },
    ...wide,
  });
}

export function latencyWidgets({ contentApi, editorialApi, functions, settings }: Watched): IWidget[] {
  const { contentMilliseconds, editorialMilliseconds } = settings.alarms.thresholds;
  const timeouts = {
    content: timeoutOf(functions.byId['get-published-article'].lambda),
    editorial: timeoutOf(functions.byId['publish-article'].lambda),
  };
  return [
    latencyWidget('Content: milliseconds to answer', contentApi, contentMilliseconds, timeouts.content),
    latencyWidget('Editorial: milliseconds to answer', editorialApi, editorialMilliseconds, timeouts.editorial),
  ];
}

function latencyWidget(title: string, { api }: RouteApi, alarm: number, timeout: number): IWidget {
  return new GraphWidget({
    title,
    left: ['p50', 'p99'].map((statistic) => api.metricLatency({ ...minute, statistic, label: statistic })),
    leftYAxis: { min: 0 },
    leftAnnotations: [
      { value: alarm, label: 'alarm', color: Color.ORANGE },
      { value: timeout, label: 'functions are ended', color: Color.RED },
    ],
    ...wide,
  });
}

function timeoutOf({ timeout }: Lambda): number {
  return timeout?.toMilliseconds() ?? 0;
}

/** What editors and readers ask for all day. */
const busiest = [
  'get-published-article',
  'list-published-articles',
  'read-articles',
  'create-article',
  'update-article',
  'publish-article',
] as const satisfies readonly FunctionId[];

/**
 * A function that is served fails as its API does, in the first row; one that is not shows here alone. Throttles and
 * concurrency are those of the account in this Region, which is where they run out. One by one, for every function, they
 * would take more metrics than a dashboard has for nothing.
 */
export function functionWidgets({ functions }: Watched): IWidget[] {
  const served = new Set<string>(Object.values(routes).map((route): FunctionId => route.function));
  const unserved = Object.entries(functions.byId).filter(([id]) => !served.has(id));
  return [
    new GraphWidget({
      title: 'Errors of functions that nobody waits for',
      left: unserved.map(([id, { lambda }]) => lambda.metricErrors({ ...fiveMinutes, label: id })),
      leftYAxis: { min: 0 },
      ...third,
    }),
    new GraphWidget({
      title: 'p99 of the busiest functions, in milliseconds',
      left: busiest.map((id) =>
        functions.byId[id].lambda.metricDuration({ ...fiveMinutes, statistic: 'p99', label: id }),
      ),
      leftYAxis: { min: 0 },
      ...third,
    }),
    new GraphWidget({
      title: 'Functions of the whole account',
      left: [Lambda.metricAllConcurrentExecutions({ ...minute, statistic: 'Maximum', label: 'running at once' })],
      leftYAxis: { min: 0 },
      right: [Lambda.metricAllThrottles({ ...minute, statistic: 'Sum', label: 'throttled', color: Color.RED })],
      rightYAxis: { min: 0 },
      ...third,
    }),
  ];
}

export function capacityWidgets({ tables }: Watched): IWidget[] {
  const ofBoth = (name: Parameters<typeof tableMetric>[1], what: string) => [
    tableMetric(tables.content, name, `content ${what}`).with(minute),
    tableMetric(tables.editorial, name, `editorial ${what}`).with(minute),
  ];
  return [
    new GraphWidget({
      title: 'Capacity that the tables used, in units a minute',
      left: [...ofBoth('ConsumedReadCapacityUnits', 'reads'), ...ofBoth('ConsumedWriteCapacityUnits', 'writes')],
      leftYAxis: { min: 0 },
      ...half,
    }),
    new GraphWidget({
      title: 'Requests that the tables throttled',
      left: [...ofBoth('ReadThrottleEvents', 'reads'), ...ofBoth('WriteThrottleEvents', 'writes')],
      leftYAxis: { min: 0 },
      ...half,
    }),
  ];
}

export function reactionWidgets({ reactions, functions, settings }: Watched): IWidget[] {
  const lag = settings.alarms.thresholds.reactionLagSeconds * 1000;
  return [
    new GraphWidget({
      title: 'How far reactions lag behind, in milliseconds',
      left: reactions.functionIds.map((id) =>
        functions.byId[id].lambda.metric('IteratorAge', { ...minute, statistic: 'Maximum', label: id }),
      ),
      leftYAxis: { min: 0 },
      leftAnnotations: [{ value: lag, label: 'alarm', color: Color.ORANGE }],
      ...third,
    }),
    new GraphWidget({
      title: 'Dead letters: batches that reactions gave up',
      left: [
        reactions.deadLetters.metricApproximateNumberOfMessagesVisible({
          ...fiveMinutes,
          statistic: 'Maximum',
          label: 'waiting',
        }),
      ],
      leftYAxis: { min: 0 },
      ...third,
    }),
  ];
}

/** Does the clock run, and is what is due done, and in time? */
export function clockWidgets(watched: Watched): IWidget[] {
  const { functions, settings } = watched;
  return [
    new GraphWidget({
      title: 'The clock: runs, and what it gave up',
      left: [functions.byId['run-due'].lambda.metricInvocations({ ...fiveMinutes, label: 'runs' })],
      leftYAxis: { min: 0 },
      right: [clockMetric(watched, 'Failed').with({ ...fiveMinutes, label: 'given up', color: Color.RED })],
      rightYAxis: { min: 0 },
      ...half,
    }),
    new GraphWidget({
      title: 'How late what was due was done, in milliseconds',
      left: [clockMetric(watched, 'LateByMs').with({ ...fiveMinutes, label: 'latest' })],
      leftYAxis: { min: 0 },
      leftAnnotations: [{ value: settings.alarms.thresholds.lateSeconds * 1000, label: 'alarm', color: Color.ORANGE }],
      ...half,
    }),
  ];
}

/** CloudFront's metrics are in us-east-1, wherever the stage is; a dashboard can look there. */
export function edgeWidgets({ edge }: Watched): IWidget[] {
  if (!edge) return [];
  const ofEdge = (metricName: string, statistic: string, label: string) =>
    new Metric({
      namespace: 'AWS/CloudFront',
      metricName,
      dimensionsMap: { DistributionId: edge.distribution.distributionId, Region: 'Global' },
      region: 'us-east-1',
      statistic,
      label,
      ...fiveMinutes,
    });
  return [
    new GraphWidget({
      title: 'Edge',
      left: [ofEdge('Requests', 'Sum', 'requests')],
      leftYAxis: { min: 0 },
      right: [ofEdge('4xxErrorRate', 'Average', '% 4xx'), ofEdge('5xxErrorRate', 'Average', '% 5xx')],
      rightYAxis: { min: 0, max: 100 },
      ...third,
    }),
  ];
}
