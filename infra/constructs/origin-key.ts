import { Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Which keys there are, by number: the one that CloudFront sends, and those that the functions take. */
export type KeyGenerations = { sent: number; accepted: readonly number[] };

/** What a stage has that never changed its key. docs/edge.md says how to change it without an outage. */
const first: KeyGenerations = { sent: 1, accepted: [1] };

/**
 * What CloudFront shows to the APIs, so that nobody walks around it. Secrets Manager makes it up, and CloudFormation looks
 * it up as it deploys: it stands in no template and in no log. A key never changes, a new one has another number, so that
 * what is looked up is never an older one.
 */
export class OriginKey extends Construct {
  /** A reference to the key that CloudFront sends. */
  readonly sent: string;
  /** References to those that the functions take, with commas between. Undefined when they take every request. */
  readonly accepted: string | undefined;

  constructor(scope: Construct, id: string, { sent, accepted }: KeyGenerations = first) {
    super(scope, id);
    const numbers = [...new Set([sent, ...accepted])].sort((a, b) => a - b);
    const keys = new Map(numbers.map((number) => [number, newKey(this, number)]));
    this.sent = keys.get(sent) ?? '';
    this.accepted = accepted.length > 0 ? accepted.map((number) => keys.get(number)).join(',') : undefined;
  }
}

/** Of ASCII, as Secrets Manager counts it. */
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

function newKey(scope: Construct, number: number): string {
  const secret = new Secret(scope, `Key${number}`, {
    description: 'What CloudFront shows to the APIs behind it',
    // Both of them say letters and digits: a comma would part the key, and an emulator knows the second only.
    generateSecretString: { passwordLength: 64, excludePunctuation: true, excludeCharacters: punctuation },
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'CloudFront and the functions get it at deployment: docs/edge.md says how it is changed by three of them.',
  });
  // Unwrapped is still a reference: CDK asks for the word wherever a secret leaves its type.
  return secret.secretValue.unsafeUnwrap();
}
