import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from '@jest/globals';
import { createTables, localCredentials } from '../../local/create-tables.ts';
import { type Engine, startEngine } from '../../local/engine.ts';
import { openClient } from '../../store/database.ts';
import { type EngineFacts, engineFacts } from './engines.ts';

/** Two tables of a test file's own, and a client for a look inside. */
export type TestEngine = {
  readonly endpoint: string;
  readonly editorialTable: string;
  readonly contentTable: string;
  readonly client: DynamoDBDocumentClient;
  /** What sets this engine apart from others. */
  readonly facts: EngineFacts;
};

/**
 * Starts an engine in memory for this test file, or uses the one that DYNAMODB_ENDPOINT names, and makes two tables in
 * it, with a stream for those who say so. Read `endpoint`, `client` and `facts` inside tests and hooks only: there is none before.
 */
export function useEngine({ streamed = false } = {}): TestEngine {
  for (const [name, value] of Object.entries(localCredentials)) process.env[name] ??= value;
  const run = randomUUID().slice(0, 8);
  const names = { editorial: `editorial-${run}`, content: `content-${run}` };
  let engine: Engine | undefined;
  let opened: { endpoint: string; client: DynamoDBDocumentClient; facts: EngineFacts } | undefined;

  beforeAll(async () => {
    const given = process.env.DYNAMODB_ENDPOINT;
    engine = given ? undefined : await startEngine();
    const endpoint = engine?.endpoint ?? given ?? '';
    opened = { endpoint, client: openClient(endpoint), facts: await engineFacts(endpoint) };
    await createTables(endpoint, names, { streamed });
  });

  afterAll(async () => {
    opened?.client.destroy();
    await engine?.stop();
  });

  const database = () => {
    if (!opened) throw new Error('The engine starts in beforeAll: read this inside a test or a hook.');
    return opened;
  };

  return {
    editorialTable: names.editorial,
    contentTable: names.content,
    get endpoint() {
      return database().endpoint;
    },
    get client() {
      return database().client;
    },
    get facts() {
      return database().facts;
    },
  };
}
