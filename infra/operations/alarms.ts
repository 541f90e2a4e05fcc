import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import type { AlarmRow } from './alarm-rows.ts';

export type AlarmsProps = { rows: readonly AlarmRow[]; settings: StageSettings };

/** An alarm for each row, and the one topic that is told when it goes off and when it is over. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { rows, settings }: AlarmsProps) {
    super(scope, id);
    const { email, runbookUrl } = settings.alarms;
    this.topic = newTopic(this);
    if (email) this.topic.addSubscription(new EmailSubscription(email));
    const action = new SnsAction(this.topic);
    this.all = rows.map((row) => {
      const alarm = newAlarm(this, row, runbookUrl);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }
}

function newAlarm(scope: Construct, row: AlarmRow, runbookUrl: string): Alarm {
  const [reaching, of] = row.datapoints;
  return new Alarm(scope, row.id, {
    // It is the subject of the mail.
    alarmName: `${Stack.of(scope).stackName} ${row.id}`,
    alarmDescription: `${row.errorImpact} ${row.firstStep} ${runbookUrl}#${row.runbook}`,
    metric: row.metric,
    comparisonOperator: row.isHeartbeat
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: row.threshold,
    datapointsToAlarm: reaching,
    evaluationPeriods: of,
    // Nothing is counted while nobody asks; what beats by itself is always counted.
    treatMissingData: row.isHeartbeat ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
}

/**
 * Not encrypted at rest: CloudWatch can't use the key that AWS manages for SNS, one of our own costs 1 USD a month, and a
 * message says what an alarm's name and description say.
 */
function newTopic(scope: Construct): Topic {
  const stack = Stack.of(scope);
  const topic = new Topic(scope, 'Topic', { displayName: stack.stackName, enforceSSL: true });
  // A topic with a policy of its own loses the one that lets the whole account in, so CloudWatch has to be let in by name.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  return topic;
}
