import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';

/** A log group that forgets after the stage's retention, and that outlives the stack unless the stage is a throwaway. */
export class KeptLogs extends LogGroup {
  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id, {
      retention: settings.logRetentionDays satisfies number as RetentionDays,
      // A first deployment that fails leaves no empty log groups behind; a removed stack leaves its logs.
      removalPolicy: settings.keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
  }

  /** Lets a function write here. Creating the group is not in it: CloudFormation has, with its retention. */
  writing(): PolicyStatement {
    return new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // Ends in `:*`: the streams of this group, whose names Lambda chooses.
      resources: [this.logGroupArn],
    });
  }
}
