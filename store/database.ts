import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Timing } from './retry.ts';

/**
 * How the tables are written and how the desk reads. `deadline` (epoch ms) is when whoever asked stops waiting;
 * `newChangeId` mints a ULID from a wall time.
 */
export type Database = {
  client: DynamoDBDocumentClient;
  editorialTable: string;
  contentTable: string;
  timing: Timing;
  newChangeId: (at: number) => string;
  deadline: number;
  /** The request that this is done for: its events carry it, and so do the reactions' logs. */
  requestId?: string | undefined;
};

/** In milliseconds. How long a whole attempt may take is decided by `withRetries`. */
const connectTimeout = 1000;

/** The SDK's client, without its retries: `withRetries` knows the deadline and the transactions. */
export function openClient(endpoint: string | undefined): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    ...(endpoint ? { endpoint } : {}),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectTimeout,
    }),
  });
  // Signing is placed after the middleware of this name, so it is replaced rather than removed.
  client.middlewareStack.add((next) => next, {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    override: true,
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
