/**
 * Where the engines that the tests run on are not alike. Each fact is held by `tests/store/engines.test.ts` and told in
 * `docs/engines.md`; a test that one of them concerns asks for it here, and asserts the same of all engines otherwise.
 */
export type EngineFacts = {
  readonly name: string;
  /** A key condition with an empty text, such as begins_with(sk, ''), is refused instead of matching everything. */
  readonly refusesEmptyKeysInQueries: boolean;
  /** A query of an index that asks for, or filters by, what the index does not project is refused. */
  readonly refusesUnprojectedAttributes: boolean;
  /** The megabyte of a page of an index is counted from whole items instead of what the index projects. */
  readonly countsWholeItemsInIndexPages: boolean;
  /** The write units reported for a transaction are those of all its items, not of one of them. */
  readonly countsWholeTransactions: boolean;
  /** A put that changes nothing has a record in the stream. */
  readonly streamsUnchangedPuts: boolean;
};

/** What AWS documents, and what any DynamoDB is held to that is not one of the two below. */
const aws: EngineFacts = {
  name: 'DynamoDB',
  refusesEmptyKeysInQueries: true,
  refusesUnprojectedAttributes: true,
  countsWholeItemsInIndexPages: false,
  countsWholeTransactions: true,
  streamsUnchangedPuts: false,
};

const embeddedEngine: EngineFacts = {
  ...aws,
  name: 'the embedded engine',
  refusesEmptyKeysInQueries: false,
  refusesUnprojectedAttributes: false,
  streamsUnchangedPuts: true,
};

const dynamoDbLocal: EngineFacts = {
  ...aws,
  name: 'DynamoDB Local',
  countsWholeItemsInIndexPages: true,
  countsWholeTransactions: false,
};

/** Which engine answers there, by the headers of its reply. */
export async function engineFacts(endpoint: string): Promise<EngineFacts> {
  const reply = await fetch(endpoint, { method: 'POST', body: '{}' });
  await reply.body?.cancel();
  if (reply.headers.has('x-dynoxide-version')) return embeddedEngine;
  if (reply.headers.get('server')?.startsWith('Jetty')) return dynamoDbLocal;
  return aws;
}
