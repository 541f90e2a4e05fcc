import { describe, expect, test } from '@jest/globals';
import { synthesize } from './synthesized.ts';

const { stack, logicalId, all } = synthesize();
const runDue = logicalId(stack.functions.byId['run-due'].lambda);
const arn = { 'Fn::GetAtt': [runDue, 'Arn'] };

describe('the clock', () => {
  const rules = all('AWS::Events::Rule');
  const [[ruleId, rule] = ['', undefined]] = rules;

  test('is one rule, which calls run-due each minute and nothing else', () => {
    expect(rules).toHaveLength(1);
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    expect(rule?.Properties.Targets).toEqual([expect.objectContaining({ Arn: arn })]);
    expect(all('AWS::Scheduler::Schedule')).toEqual([]);
  });

  test('may be called by that rule alone', () => {
    const permissions = all('AWS::Lambda::Permission').filter(([, { Properties }]) =>
      JSON.stringify(Properties.FunctionName).includes(runDue),
    );
    expect(permissions.map(([, { Properties }]) => Properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn,
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [ruleId, 'Arn'] },
      },
    ]);
  });

  test('gives up a call that fails or comes too late: the next minute has one of its own', () => {
    const { Targets = [] } = rule?.Properties ?? {};
    const once = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
    expect(Targets[0].RetryPolicy).toEqual(once);
    const invoking = all('AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
    expect(invoking).toEqual([{ ...once, FunctionName: { Ref: runDue }, Qualifier: '$LATEST' }]);
  });

  test('takes no role beside the function’s own', () => {
    const assumed = all('AWS::IAM::Role').map(([, { Properties }]) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument),
    );
    for (const document of assumed) expect(document).toContain('lambda.amazonaws.com');
  });
});
