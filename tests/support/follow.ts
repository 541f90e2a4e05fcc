import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { ReactionId } from '../../contract/events.ts';
import { type Following, followStream } from '../../local/follow-stream.ts';
import type { TestEngine } from './engine.ts';

export type Followed = {
  /** What the function was called with in this test, the newest last. */
  batches: DynamoDBStreamEvent[];
  /** Reacts to what has been committed by now. */
  settle: () => Promise<void>;
};

/**
 * One reaction to the engine’s own stream: what reaches the function is what publishing really writes. Whatever goes wrong
 * fails the test, unless `report` takes it.
 */
export function useReaction(
  engine: TestEngine,
  reaction: ReactionId,
  handler: (event: DynamoDBStreamEvent) => Promise<unknown>,
  report: (line: string) => unknown = (line) => {
    throw new Error(line);
  },
): Followed {
  const batches: DynamoDBStreamEvent[] = [];
  let following: Following;
  beforeAll(async () => {
    following = await followStream({
      endpoint: engine.endpoint,
      table: engine.contentTable,
      interval: 60_000,
      report: (line) => void report(line),
      runner: {
        invoke: async (id, event) => {
          if (id !== reaction) return { batchItemFailures: [] };
          batches.push(event as DynamoDBStreamEvent);
          return await handler(event as DynamoDBStreamEvent);
        },
      },
    });
  });
  beforeEach(() => {
    batches.length = 0;
  });
  afterAll(() => following.stop());
  return { batches, settle: () => following.settle() };
}
