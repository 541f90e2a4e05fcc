import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { SetupError } from '../setup-error.ts';
import type { StageSettings } from '../stage-settings.ts';

/**
 * A bucket that CloudFront may write its access logs to, and that forgets them after `days`. CloudFront's other way of
 * logging (v2) has fields to choose from, but is set up in us-east-1 alone, and a stack is in one Region.
 */
export function newLogBucket(scope: Construct, id: string, days: number, settings: StageSettings): IBucket {
  const { region } = settings;
  if (region && RegionInfo.get(region).isOptInRegion)
    throw new SetupError(
      `CloudFront writes no access logs to buckets in ${region}, which is an opt-in Region: leave out edge.accessLogDays.`,
    );
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    encryption: BucketEncryption.S3_MANAGED,
    // CloudFront gives its own account the right to write by an entry in the bucket's ACL, so there has to be an ACL.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{ expiration: Duration.days(days), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    // On every stage, since only an empty bucket can be deleted. It goes on forgetting: the rule above stays with it.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It is where access logs go; a log of who read the log would need a bucket of its own, and so on.',
  });
  // The cast is about `isWebsite?: X` against `isWebsite: X | undefined` in CDK's types.
  return bucket as IBucket;
}
