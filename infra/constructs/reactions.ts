import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type EventSourceMappingOptions, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentVariables as variables } from '../../contract/environment.ts';
import { type ReactionId, reactions } from '../../contract/events.ts';
import { eventKeys } from '../../store/tables.ts';
import { grants } from '../grants.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { NewsroomFunction } from './newsroom-function.ts';
import type { NewsroomFunctions } from './newsroom-functions.ts';
import type { NewsroomTable } from './newsroom-tables.ts';

export type ReactionsProps = {
  functions: NewsroomFunctions;
  contentTable: NewsroomTable;
  /** Where the stage has one. */
  edge?: Distribution | undefined;
  settings: StageSettings;
};

type Patience = Pick<EventSourceMappingOptions, 'maxRecordAge' | 'retryAttempts'>;

/** How long a batch is tried again: until it is so old, and at most so often. The stream keeps records for a day. */
const patience: Readonly<Record<ReactionId, Patience>> = {
  // Older than this, a purge is of no use: what the edge kept has run out by itself.
  'purge-edge': { maxRecordAge: Duration.minutes(15), retryAttempts: 50 },
  // What comes behind a story that can't be counted waits for it. One that is given up is counted with its next change.
  'count-published': { maxRecordAge: Duration.hours(1), retryAttempts: 100 },
};

/** Runs each function of `contract/events.ts` for the events that it follows. What one gives up goes to the dead letters. */
export class Reactions extends Construct {
  readonly functionIds = Object.keys(reactions) as ReactionId[];
  /** Says which batch was given up, not what was in it: docs/runbook.md tells what to do with one. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: ReactionsProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue of an event source, and nothing reads it but people.',
    });
    for (const reactionId of this.functionIds) this.#follow(reactionId, props);
  }

  #follow(id: ReactionId, props: ReactionsProps): void {
    const reacting = props.functions.byId[id];
    this.#allow(id, reacting, props);
    if (grants[id].some((access) => 'purges' in access)) tellOfEdge(reacting, props);
    reacting.lambda.addEventSourceMapping('ContentStream', {
      eventSourceArn: streamOf(props.contentTable),
      // LATEST could miss what happens while the mapping is made, which takes minutes.
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ dynamodb: { Keys: filterOf(eventKeys) } })],
      batchSize: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      ...patience[id],
      // Not `SqsDlq`, which would write a policy of its own beside the role: `#allow` has the permission.
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
  }

  #allow(id: ReactionId, reacting: NewsroomFunction, { contentTable, edge }: ReactionsProps): void {
    for (const access of grants[id]) {
      if ('reads' in access) reacting.allow(streamReading(contentTable));
      if ('sends' in access)
        reacting.allow(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }));
      if ('purges' in access && edge) {
        const distribution = Stack.of(this).formatArn({
          service: 'cloudfront',
          region: '',
          resource: 'distribution',
          resourceName: edge.distributionId,
        });
        reacting.allow(new PolicyStatement({ actions: ['cloudfront:CreateInvalidation'], resources: [distribution] }));
      }
    }
  }
}

function tellOfEdge({ lambda }: NewsroomFunction, { edge, settings }: ReactionsProps): void {
  if (edge) lambda.addEnvironment(variables.edgeDistribution, edge.distributionId);
  if (settings.edge.purges) lambda.addEnvironment(variables.edgePurges, settings.edge.purges);
}

function streamOf(table: NewsroomTable): string {
  if (!table.tableStreamArn) throw new TypeError(`${table.node.path} has no stream.`);
  return table.tableStreamArn;
}

/** All four, or Lambda refuses to make the event source mapping: it checks them on the stream. */
function streamReading(table: NewsroomTable): PolicyStatement {
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
  return new PolicyStatement({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [streamOf(table)],
  });
}

/** As event filters are written: each key's value or its beginning. */
function filterOf({ pk, sk }: typeof eventKeys) {
  return { pk: { S: [{ prefix: pk.prefix }] }, sk: { S: [sk] } };
}
