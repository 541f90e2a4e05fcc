import { CfnResource, CustomResourceProviderBase, Duration, Stack } from 'aws-cdk-lib';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct, type IConstruct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import { KeptLogs } from './kept-logs.ts';
import type { NewsroomFunction } from './newsroom-function.ts';

export type SeedLoadingProps = {
  loader: NewsroomFunction;
  /** How long the loader may take: the timeout of its function. */
  timeout: Duration;
  /** What must be there before it runs. */
  after: Construct;
  settings: StageSettings;
};

/** Lambda says in its answer that a function timed out, so the caller listens a little longer than the function runs. */
const grace = Duration.seconds(30);

/** Seconds. CDK's function that calls the loader tries three times when it gets no answer at all. */
const callerTimeout = 900;

/**
 * Runs the loader in each deployment in which it, its settings or its seeds changed: the trigger names a version of the
 * function, and the seeds are part of the bundle. What the loader throws fails the deployment, and is its message.
 */
export class SeedLoading extends Construct {
  constructor(scope: Construct, id: string, { loader, timeout, after, settings }: SeedLoadingProps) {
    super(scope, id);
    const trigger = new Trigger(this, 'Trigger', {
      handler: loader.lambda,
      timeout: timeout.plus(grace),
      executeAfter: [after, loader],
    });
    // If the caller never answers, CloudFormation waits this long instead of its hour.
    part(trigger.node.findChild('Default'), 'Default').addPropertyOverride('ServiceTimeout', callerTimeout);
    tightenCaller(this, new KeptLogs(this, 'CallerLogs', settings));
  }
}

/**
 * Holds CDK's calling function to what holds for ours. As it comes it may write to every log group of the account, and
 * writes to one that CloudFormation does not know and that never forgets.
 */
function tightenCaller(scope: Construct, logs: KeptLogs): void {
  const caller = Stack.of(scope).node.findChild('AWSCDK.TriggerCustomResourceProviderCustomResourceProvider');
  if (!(caller instanceof CustomResourceProviderBase)) throw new TypeError(`${caller.node.path} is no provider`);
  caller.addToRolePolicy(logs.writing().toStatementJson());
  part(caller, 'Role').addPropertyDeletionOverride('ManagedPolicyArns');
  const lambda = part(caller, 'Handler');
  lambda.addPropertyOverride('LoggingConfig', { LogGroup: logs.logGroupName });
  lambda.addPropertyOverride('Architectures', ['arm64']);
  lambda.addPropertyOverride('Timeout', callerTimeout);
}

function part(construct: IConstruct, id: string): CfnResource {
  const child = construct.node.findChild(id);
  if (!CfnResource.isCfnResource(child)) throw new TypeError(`${child.node.path} is no CloudFormation resource`);
  return child;
}
