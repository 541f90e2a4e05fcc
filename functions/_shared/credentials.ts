// Stands in for @aws-sdk/credential-provider-node in the bundles (tools/build.ts): the same export, one source.
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = fromEnv;
