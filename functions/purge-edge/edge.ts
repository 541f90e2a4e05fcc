import { hash } from 'node:crypto';
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  NoSuchDistribution,
  TooManyInvalidationsInProgress,
} from '@aws-sdk/client-cloudfront';
import type { Outcome } from '../_shared/reaction.ts';

let client: CloudFrontClient | undefined;

export type Purge = {
  distribution: string;
  paths: readonly string[];
  /** The same for a repeat of the same purge: CloudFront then does it once. */
  reference: string;
};

/** Tells CloudFront to forget these paths at all its locations, which takes it some seconds. */
export async function purge({ distribution, paths, reference }: Purge): Promise<Outcome> {
  client ??= new CloudFrontClient({});
  try {
    const { Invalidation } = await client.send(
      new CreateInvalidationCommand({
        DistributionId: distribution,
        InvalidationBatch: {
          CallerReference: hash('sha256', reference, 'hex').slice(0, 32),
          Paths: { Quantity: paths.length, Items: [...paths] },
        },
      }),
    );
    return { done: `invalidation ${Invalidation?.Id} of ${paths.join(' ')}` };
  } catch (cause) {
    // CloudFront carries out so many at a time, and a stage's edge may have been taken away.
    if (cause instanceof TooManyInvalidationsInProgress) return { retry: 'too many purges are under way', cause };
    if (cause instanceof NoSuchDistribution) return { drop: `there is no distribution ${distribution} any more` };
    throw cause;
  }
}
