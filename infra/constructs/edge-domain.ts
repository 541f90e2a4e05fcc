import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type Distribution, type DistributionProps, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import { SetupError } from '../setup-error.ts';
import type { StageSettings } from '../stage-settings.ts';

type Domain = NonNullable<StageSettings['edge']['domain']>;
type Names = Required<Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'>>;

/** The part of a distribution that is about its names; nothing where CloudFront's own name is all there is. */
export function namesOf(scope: Construct, domain: Domain | undefined): Names | Record<string, never> {
  if (!domain) return {};
  return {
    domainNames: [...domain.names],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

/** Points each name at the distribution, for IPv4 and IPv6, where the stage has the zone. */
export function addRecords(scope: Construct, domain: Domain | undefined, distribution: Distribution): void {
  if (!domain?.hostedZone) return;
  const { id, name: zoneName } = domain.hostedZone;
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: id, zoneName });
  for (const name of domain.names) {
    if (name !== zoneName && !name.endsWith(`.${zoneName}`))
      throw new SetupError(`edge.domain.names has ${name}, which is not in the hosted zone ${zoneName}.`);
    const props = { zone, recordName: name, target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)) };
    new ARecord(scope, `${name} A`, props);
    new AaaaRecord(scope, `${name} AAAA`, props);
  }
}
