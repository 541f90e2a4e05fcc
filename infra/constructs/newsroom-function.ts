import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  Architecture,
  Code,
  type IFunction,
  Function as Lambda,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionId } from '../../contract/routes/index.ts';
import { grants, type TableAccess, tableAccess } from '../grants.ts';
import { SetupError } from '../setup-error.ts';
import type { StageSettings } from '../stage-settings.ts';
import { KeptLogs } from './kept-logs.ts';
import type { NewsroomTables } from './newsroom-tables.ts';

export type NewsroomFunctionProps = {
  id: FunctionId;
  description: string;
  /** The folder of all bundles: this function's is `<bundles>/<id>/index.mjs`. */
  bundles: string;
  environment: Record<string, string>;
  tables: NewsroomTables;
  settings: StageSettings;
  memory: number;
  timeout: Duration;
};

/** One Lambda with a role and a log group of its own, permitted what `grants.ts` says and nothing else. */
export class NewsroomFunction extends Construct {
  readonly lambda: Lambda;
  /** What callers invoke: the function, or the alias that keeps instances of it warm. */
  readonly served: IFunction;
  readonly #access = new PolicyDocument();

  constructor(scope: Construct, id: string, props: NewsroomFunctionProps) {
    super(scope, id);
    const logs = new KeptLogs(this, 'Logs', props.settings);
    const reserved = props.settings.concurrency.reserved[props.id];
    const provisioned = props.settings.concurrency.provisioned[props.id];
    this.#access.addStatements(
      logs.writing(),
      ...tableAccess(grants[props.id]).map((access) => statement(access, props.tables)),
    );
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      // Inline, so that whatever waits for the role waits for its permissions too.
      inlinePolicies: { Access: this.#access },
    });
    this.lambda = new Lambda(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: bundle(props),
      handler: 'index.handler',
      role,
      memorySize: props.memory,
      timeout: props.timeout,
      environment: props.environment,
      logGroup: logs,
      // Lambda's own lines (start, report, crash) come as JSON. A function's lines are JSON already and written to stdout,
      // which Lambda passes on as they are; through `console` they would be wrapped a second time.
      loggingFormat: LoggingFormat.JSON,
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
    });
    this.served = provisioned === undefined ? this.lambda : keptWarm(this.lambda, provisioned);
  }

  /** Permits what `grants.ts` says of resources that are made after the function. */
  allow(statement: PolicyStatement): void {
    this.#access.addStatements(statement);
  }
}

/** Instances are provisioned for a version, and an alias goes to the newest: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
function keptWarm(lambda: Lambda, instances: number): IFunction {
  // The cast is about `role?: X` against `role: X | undefined` in CDK's types.
  return lambda.addAlias('warm', { provisionedConcurrentExecutions: instances }) as Alias as IFunction;
}

function bundle({ bundles, id }: NewsroomFunctionProps): Code {
  const folder = join(bundles, id);
  if (!existsSync(join(folder, 'index.mjs'))) {
    throw new SetupError(`There is no bundle of ${id} in ${bundles}. Run npm run build first.`);
  }
  // Source maps stay in dist: loading one costs every cold start what only a stack trace would use.
  return Code.fromAsset(folder, { exclude: ['*.map'] });
}

function statement(access: TableAccess, tables: NewsroomTables): PolicyStatement {
  const { tableArn } = tables[access.table];
  return new PolicyStatement({
    actions: access.actions.map((action) => `dynamodb:${action}`),
    resources: ['index' in access ? `${tableArn}/index/${access.index}` : tableArn],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': access.keys },
      ...('onlyInTransactions' in access
        ? { 'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] } }
        : {}),
    },
  });
}
