import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type Index, keys, type Table, type TableName, tables } from '../../store/tables.ts';
import type { StageSettings } from '../stages.ts';

/**
 * The two tables, made from `store/tables.ts` as the local engine's are. CloudFormation names them, so that a table can
 * be restored or replaced beside the one in use.
 */
export class NewsroomTables extends Construct {
  readonly editorial: TableV2;
  readonly content: TableV2;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    this.editorial = newTable(this, 'editorial', settings);
    this.content = newTable(this, 'content', settings);
  }
}

function newTable(scope: Construct, name: TableName, settings: StageSettings): TableV2 {
  const table: Table = tables[name];
  return new TableV2(scope, name === 'editorial' ? 'Editorial' : 'Content', {
    partitionKey: { name: keys.partition, type: AttributeType.STRING },
    sortKey: { name: keys.sort, type: AttributeType.STRING },
    billing: Billing.onDemand(),
    globalSecondaryIndexes: Object.entries(table.indexes).map(([indexName, index]) => indexProps(indexName, index)),
    timeToLiveAttribute: keys.expires,
    ...(table.stream ? { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: settings.keepsData,
    removalPolicy: settings.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}

function indexProps(indexName: string, index: Index): GlobalSecondaryIndexPropsV2 {
  return {
    indexName,
    partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
    sortKey: { name: index.sortKey, type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...index.projects],
  };
}
