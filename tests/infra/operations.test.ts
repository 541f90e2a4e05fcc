import { describe, expect, jest, test } from '@jest/globals';
import type { ReactionId } from '../../contract/events.ts';
import { routes } from '../../contract/routes/index.ts';
import { metricNamespace, putMetrics } from '../../functions/_shared/metrics.ts';
import { alarmRows } from '../../infra/operations/alarm-rows.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { stages } from '../../infra/stages.ts';
import { type Resource, synthesize } from './synthesized.ts';

const email = 'desk@dateline.invalid';
const watchful: StageSettings = { ...stages.prod, alarms: { ...stages.prod.alarms, email } };
const { stack, logicalId, all } = synthesize({ settings: watchful });

const alarms = all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
const rows = alarmRows({ ...stack, settings: watchful });

describe('the alarms', () => {
  test('are about ten, a row each, and each over one metric: that is what is paid for', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(rows.map(({ id }) => `Dateline-test ${id}`));
    expect(alarms.length).toBeLessThanOrEqual(14);
    expect(alarms.length).toBeGreaterThanOrEqual(8);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ MetricName: expect.any(String) });
      expect(alarm).not.toHaveProperty('Metrics');
    }
    expect(all('AWS::CloudWatch::CompositeAlarm')).toEqual([]);
    expect(all('AWS::Logs::MetricFilter')).toEqual([]);
  });

  test('take silence for peace, but for the clock, which is never silent', () => {
    const [standing, ...others] = alarms.toSorted((one) => (one.AlarmName.endsWith('clock-stopped') ? -1 : 1));
    expect(standing).toMatchObject({
      AlarmName: 'Dateline-test clock-stopped',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Statistic: 'Sum',
    });
    for (const alarm of others)
      expect(alarm).toMatchObject({
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
      });
  });

  test('say what is lost, what to do, and where the runbook goes on, and tell the topic when it is over too', () => {
    const topic = [{ Ref: logicalId(stack.operations.alarms.topic) }];
    for (const [index, { errorImpact, firstStep, runbook: anchor }] of rows.entries()) {
      const description: string = alarms[index]?.AlarmDescription;
      expect(errorImpact).toMatch(/^[A-Z].+\.$/);
      expect(description).toBe(`${errorImpact} ${firstStep} ${watchful.alarms.runbookUrl}#${anchor}`);
      expect(description.length).toBeLessThanOrEqual(1024);
      expect(alarms[index]).toMatchObject({ AlarmActions: topic, OKActions: topic });
    }
  });

  test('watch what the stack made, by the thresholds of the stage', () => {
    const { thresholds } = watchful.alarms;
    const of = (name: string, construct: Parameters<typeof logicalId>[0]) => [
      { Name: name, Value: { Ref: logicalId(construct) } },
    ];
    const clock = of('FunctionName', stack.functions.byId['run-due'].lambda);
    const queue = [
      { Name: 'QueueName', Value: { 'Fn::GetAtt': [logicalId(stack.reactions.deadLetters), 'QueueName'] } },
    ];
    const lateReaction = (id: ReactionId) => [
      'AWS/Lambda IteratorAge',
      of('FunctionName', stack.functions.byId[id].lambda),
      thresholds.reactionLagSeconds * 1000,
    ];
    expect(Object.fromEntries(alarms.map((alarm, index) => [rows[index]?.id, watched(alarm)]))).toEqual({
      'content-failures': ['AWS/ApiGateway 5xx', of('ApiId', stack.contentApi.api), thresholds.contentFailures],
      'content-slow': ['AWS/ApiGateway Latency', of('ApiId', stack.contentApi.api), thresholds.contentMilliseconds],
      'content-reads-throttled': ['AWS/DynamoDB ReadThrottleEvents', of('TableName', stack.tables.content), 100],
      'editorial-failures': ['AWS/ApiGateway 5xx', of('ApiId', stack.editorialApi.api), thresholds.editorialFailures],
      'editorial-slow': [
        'AWS/ApiGateway Latency',
        of('ApiId', stack.editorialApi.api),
        thresholds.editorialMilliseconds,
      ],
      'editorial-writes-throttled': ['AWS/DynamoDB WriteThrottleEvents', of('TableName', stack.tables.editorial), 100],
      'functions-throttled': ['AWS/Lambda Throttles', undefined, 5],
      'reactions-late-purge-edge': lateReaction('purge-edge'),
      'reactions-late-count-published': lateReaction('count-published'),
      'reactions-failed': ['AWS/SQS ApproximateNumberOfMessagesVisible', queue, 1],
      'clock-stopped': ['AWS/Lambda Invocations', clock, 1],
      'clock-failing': ['AWS/Lambda Errors', clock, 3],
      'due-late': [`${metricNamespace} LateByMs`, clock, thresholds.lateSeconds * 1000],
      'due-failed': [`${metricNamespace} Failed`, clock, 1],
    });
  });

  test('read the metrics that the clock writes, by the names and the dimension that it gives them', () => {
    const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    process.env.AWS_LAMBDA_FUNCTION_NAME = 'Dateline-test-run-due';
    putMetrics({ LateByMs: [1500], Failed: [0] });
    delete process.env.AWS_LAMBDA_FUNCTION_NAME;
    const { _aws, FunctionName } = JSON.parse(String(written.mock.calls[0]?.[0]));
    written.mockRestore();
    const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
    const own = alarms.filter((alarm) => alarm.Namespace === Namespace);
    const namesIn = (list: { MetricName?: string; Name?: string }[]) => list.map((one) => one.MetricName ?? one.Name);
    expect([Namespace, FunctionName]).toEqual([metricNamespace, 'Dateline-test-run-due']);
    expect(namesIn(own).sort()).toEqual(namesIn(Metrics).sort());
    for (const alarm of own) expect([namesIn(alarm.Dimensions)]).toEqual(Dimensions);
    expect(own.map(({ Statistic }) => Statistic).sort()).toEqual(['Maximum', 'Sum']);
  });

  test('go off within five minutes, and not for one slow request', () => {
    for (const { Period, EvaluationPeriods, DatapointsToAlarm, ExtendedStatistic } of alarms) {
      expect(Period * EvaluationPeriods).toBeLessThanOrEqual(300);
      if (ExtendedStatistic === 'p99') expect(DatapointsToAlarm).toBe(3);
    }
  });

  function watched({ Namespace, MetricName, Dimensions, Threshold }: Resource['Properties']) {
    return [`${Namespace} ${MetricName}`, Dimensions, Threshold];
  }
});

describe('the topic', () => {
  const [[topicId, topic] = ['', undefined], ...others] = all('AWS::SNS::Topic');

  test('is one, takes nothing but TLS, and lets the alarms of this account in', () => {
    const [[, policy] = ['', undefined]] = all('AWS::SNS::TopicPolicy');
    expect(others).toEqual([]);
    expect(topic?.Properties).not.toHaveProperty('KmsMasterKeyId');
    expect(policy?.Properties.Topics).toEqual([{ Ref: topicId }]);
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  test('sends mail to whom the stage names, and to nobody when it names nobody', () => {
    const subscriptions = all('AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
    expect(subscriptions).toEqual([{ Protocol: 'email', Endpoint: email, TopicArn: { Ref: topicId } }]);
    const unwatched = synthesize({ settings: stages.dev });
    expect(unwatched.all('AWS::SNS::Subscription')).toEqual([]);
    expect(unwatched.all('AWS::SNS::Topic')).toHaveLength(1);
  });
});

describe('the dashboard', () => {
  const widgets = dashboardOf(all('AWS::CloudWatch::Dashboard'));
  const titles = (y: number) => widgets.filter((widget) => widget.y === y).map(({ properties }) => properties.title);

  test('says whose it is and answers in its first row whether readers are served and editors can publish', () => {
    const [title, readers, editors, ...more] = widgets.filter(({ y }) => y === 0);
    expect(title?.properties.markdown).toMatch(/^# Dateline\nDateline-test\n/);
    expect(readers?.properties.title).toBe('Are readers served?');
    expect(editors?.properties.title).toBe('Can editors publish?');
    expect(more).toEqual([]);
    const shown = [readers, editors].map((widget) => widget?.properties.metrics?.map(labelOf));
    expect(shown).toEqual([
      ['requests', 'failed (5xx)', '% served'],
      ['requests', 'publish requests', 'failed (5xx)', '% served'],
    ]);
  });

  test('has a link to each section of the runbook that an alarm leads to', () => {
    const markdown: string = widgets[0]?.properties.markdown ?? '';
    for (const { runbook: anchor } of rows)
      expect(markdown).toContain(`[${anchor}](${watchful.alarms.runbookUrl}#${anchor})`);
  });

  test('stays within the 50 metrics that cost nothing, expressions counted', () => {
    const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    expect(metrics.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(metrics)).not.toContain('SEARCH');
  });

  test('shows every alarm, the errors that no API shows, and the edge from where its metrics are', () => {
    const shown = widgets.find(({ type }) => type === 'alarm')?.properties.alarms;
    expect(shown).toHaveLength(alarms.length);
    const errors = widgets.find(({ properties }) => properties.title === 'Errors of functions that nobody waits for');
    const served = Object.values(routes).map((route): string => route.function);
    const unserved = Object.keys(stack.functions.byId).filter((id) => !served.includes(id));
    expect(errors?.properties.metrics?.map(labelOf)).toEqual(unserved);
    const edge = widgets.find(({ properties }) => properties.title === 'Edge');
    for (const metric of edge?.properties.metrics ?? []) expect(metric.at(-1)).toMatchObject({ region: 'us-east-1' });
  });

  test('shows in its last row whether the clock runs, what it gave up, and how late it is', () => {
    const clock = widgets.filter(({ y }) => y === 30).flatMap(({ properties }) => properties.metrics?.map(labelOf));
    expect(clock).toEqual(['runs', 'given up', 'latest']);
  });

  test('has no edge where the stage has none', () => {
    const without = synthesize({ settings: { ...stages.dev, leavesOut: ['edge'] } });
    const left = dashboardOf(without.all('AWS::CloudWatch::Dashboard')).map(({ properties }) => properties.title);
    expect(titles(24)).toContain('Edge');
    expect(left).not.toContain('Edge');
  });

  test('has a name of its own in each Region, since an account’s Regions share them', () => {
    const [[, dashboard] = ['', undefined]] = all('AWS::CloudWatch::Dashboard');
    expect(dashboard?.Properties.DashboardName).toEqual({
      'Fn::Join': ['', ['Dateline-test-', { Ref: 'AWS::Region' }]],
    });
  });
});

type Widget = {
  type: string;
  y: number;
  properties: {
    title?: string;
    markdown?: string;
    alarms?: string[];
    metrics?: (string | { label?: string; region?: string })[][];
  };
};

/** With what is known only at deployment written as its logical id. */
function dashboardOf(dashboards: readonly [string, Resource][]): Widget[] {
  const parts: (string | Record<string, unknown>)[] = dashboards[0]?.[1].Properties.DashboardBody['Fn::Join'][1] ?? [];
  const body = parts.map((part) => (typeof part === 'string' ? part : String(Object.values(part)[0]))).join('');
  return JSON.parse(body).widgets;
}

function labelOf(metric: (string | { label?: string })[]): string | undefined {
  const options = metric.at(-1);
  return typeof options === 'object' ? options.label : undefined;
}
