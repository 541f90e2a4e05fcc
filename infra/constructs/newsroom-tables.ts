import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct, type IConstruct } from 'constructs';
import { type Index, keys, type Table, type TableName, tables } from '../../store/tables.ts';
import type { StageSettings } from '../stage-settings.ts';

/** What the rest of the stack needs of a table, whoever made it. */
export type NewsroomTable = IConstruct & {
  readonly tableArn: string;
  readonly tableName: string;
  readonly tableStreamArn?: string | undefined;
};

/**
 * The two tables, made from `store/tables.ts` as the local engine's are, or those that the stage names. CloudFormation
 * names those that it makes, so that a table can be restored or replaced beside the one in use.
 */
export class NewsroomTables extends Construct {
  readonly editorial: NewsroomTable;
  readonly content: NewsroomTable;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const { existingTables } = settings;
    this.editorial = existingTables
      ? existingTable(this, 'editorial', existingTables.editorial)
      : newTable(this, 'editorial', settings);
    this.content = existingTables
      ? existingTable(this, 'content', existingTables.content, existingTables.contentStreamArn)
      : newTable(this, 'content', settings);
  }
}

const constructIds = { editorial: 'Editorial', content: 'Content' } as const;

/** After a restore, or when the stack was removed: the stack uses the table, and does not make, change or delete it. */
function existingTable(scope: Construct, name: TableName, tableName: string, tableStreamArn?: string): NewsroomTable {
  return TableV2.fromTableAttributes(scope, constructIds[name], {
    tableArn: Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: tableName }),
    ...(tableStreamArn ? { tableStreamArn } : {}),
  });
}

function newTable(scope: Construct, name: TableName, settings: StageSettings): NewsroomTable {
  const table: Table = tables[name];
  return new TableV2(scope, constructIds[name], {
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
