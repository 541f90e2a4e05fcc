import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { NewsroomFunction } from './newsroom-function.ts';

/** Between two calls. docs/cost.md counts what they cost while nothing is due. */
const between = Duration.minutes(1);

/**
 * Calls a function each minute. A call that fails or can't begin is not repeated: the next one does what it left, and calls
 * that piled up during an outage or while the newsroom was closed would all come at once.
 */
export class Clock extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, called: NewsroomFunction) {
    super(scope, id);
    const once = { retryAttempts: 0, maxEventAge: between };
    // Of the way to Lambda, which puts the call into a queue, and of what Lambda does with that.
    this.rule = new Rule(this, 'Rule', {
      description: 'Each minute: what is due is carried out',
      schedule: Schedule.rate(between),
      targets: [new LambdaFunction(called.lambda, once)],
    });
    called.lambda.configureAsyncInvoke(once);
  }
}
