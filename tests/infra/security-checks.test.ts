import { describe, expect, jest, test } from '@jest/globals';
import { Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { stageNamed, stages } from '../../infra/stages.ts';
import { inApp } from './synthesized.ts';

const everything: StageSettings = {
  ...stages.prod,
  region: 'us-east-1',
  machines: { 'wire-ingest': 'contributor' },
  edge: { accessLogDays: 30, firewall: { requestsPerAddress: 2000 } },
};

/** What cdk-nag's AwsSolutions pack, which `cdk synth` runs too, says of a stack. */
function findings(
  settings: StageSettings,
  change: (stack: Parameters<Parameters<typeof inApp>[1]>[0]) => void = () => {},
): string {
  const written: string[] = [];
  const capture = (chunk: unknown) => {
    written.push(String(chunk));
    return true;
  };
  const spies = [process.stderr, process.stdout].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation(capture),
  );
  const error = jest.spyOn(console, 'error').mockImplementation(capture);
  try {
    return inApp({ settings }, (stack, app) => {
      change(stack);
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      try {
        app.synth();
      } catch (failure) {
        written.push(String(failure));
      }
      return written.join('\n');
    });
  } finally {
    for (const spy of [...spies, error]) spy.mockRestore();
  }
}

describe('the AwsSolutions pack finds nothing that is not answered', () => {
  test.each([
    ['dev', stageNamed('dev')],
    ['prod', stageNamed('prod')],
    ['any stage in an emulator', stageNamed('dev', { emulated: true })],
    ['a stage with all there is', everything],
  ])('on %s', (_, settings) => {
    expect(findings(settings)).toBe('');
  });

  test('and would find a bucket that anybody made on the way', () => {
    const found = findings(stages.dev, (stack) => new Bucket(stack, 'Leaky'));
    expect(found).toMatch(/AwsSolutions-S1\b/);
    expect(found).toMatch(/Leaky/);
  });
});
