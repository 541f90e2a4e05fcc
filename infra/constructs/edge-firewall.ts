import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';

type Firewall = NonNullable<StageSettings['edge']['firewall']>;
type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

/** The ARN of the web ACL that the stage names, or of one that is made here; undefined without a firewall. */
export function webAclArn(scope: Construct, id: string, firewall: Firewall | undefined): string | undefined {
  if (!firewall) return undefined;
  if ('webAclArn' in firewall) return firewall.webAclArn;
  return new CfnWebACL(scope, id, {
    description: 'Before the edge of a newsroom',
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('firewall', false),
    rules: [reputation, requestRate(firewall.requestsPerAddress), badInputs, common].map((rule, priority) => ({
      priority,
      ...rule,
    })),
  }).attrArn;
}

type UnplacedRule = Omit<Rule, 'priority'>;

/**
 * How a request's path begins, decoded and with its dots resolved as CloudFront does before it chooses a behavior: what is
 * content to one is content to the other.
 */
function pathBegins(searchString: string): Statement {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString,
      textTransformations: ['URL_DECODE', 'NORMALIZE_PATH'].map((type, priority) => ({ priority, type })),
    },
  };
}

/** Addresses that AWS knows to attack others. The one rule that also stands before the editorial API. */
const reputation: UnplacedRule = {
  name: 'reputation',
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' } },
  visibilityConfig: visibility('reputation', false),
};

/**
 * A newsroom sits behind one address, so that its requests don't count. What floods the editorial API without a token is
 * refused by its authorizer and bounded by its throttle.
 */
function requestRate(limit: number): UnplacedRule {
  return {
    name: 'rate',
    action: { block: {} },
    statement: {
      rateBasedStatement: {
        limit,
        aggregateKeyType: 'IP',
        evaluationWindowSec: 300,
        scopeDownStatement: { notStatement: { statement: pathBegins('/editorial/v1/') } },
      },
    },
    visibilityConfig: visibility('rate', false),
  };
}

/**
 * Not before the editorial API: a story about `${jndi:` has to be savable, and the common rules refuse bodies of more than
 * 8 kB, or with HTML in them, which is what editors send.
 */
const badInputs: UnplacedRule = {
  name: 'bad-inputs',
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name: 'AWSManagedRulesKnownBadInputsRuleSet',
      scopeDownStatement: pathBegins('/content/'),
    },
  },
  visibilityConfig: visibility('bad-inputs', true),
};

const common: UnplacedRule = {
  name: 'common',
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name: 'AWSManagedRulesCommonRuleSet',
      scopeDownStatement: pathBegins('/content/'),
      // A site's own server need not say what program it is.
      ruleActionOverrides: [{ name: 'NoUserAgent_HEADER', actionToUse: { count: {} } }],
    },
  },
  visibilityConfig: visibility('common', true),
};

/**
 * Samples show requests with their headers for three hours. They help to find a rule that refuses the wrong readers, and are
 * off wherever a token could be among them: an editor's in a header, a preview's in the path.
 */
function visibility(metricName: string, sampled: boolean): CfnWebACL.VisibilityConfigProperty {
  return { metricName, sampledRequestsEnabled: sampled, cloudWatchMetricsEnabled: true };
}
