import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { type ArticleEvent, type ReactionId, reactions } from '../../contract/events.ts';
import { articleEvent, type StreamRecord } from '../../store/article-events.ts';
import { explain, log } from './log.ts';
import type { HttpContext } from './request.ts';

/**
 * How a reaction to a batch of events ended. `done`: what it did. `drop`: there was nothing to do, or never will be.
 * `retry`: not yet; the batch comes again, in halves if it is of several, so reactions are idempotent.
 */
export type Outcome = { done: string } | { drop: string } | { retry: string; cause?: unknown };

/** The events that a reaction follows, oldest first of each article. `deadline` is in epoch milliseconds. */
export type Batch = { events: readonly ArticleEvent[]; deadline: number };

export type Reaction = (event: DynamoDBStreamEvent, context: HttpContext) => Promise<DynamoDBBatchResponse>;

/** Kept back from the function's time to answer and to write the log lines, in milliseconds. */
const answerTime = 1000;

/**
 * The Lambda handler of a reaction: reads the events from the stream's records, calls the use case with those that it
 * follows, and writes a log line for each. What it throws counts as `retry`.
 */
export function reaction(id: ReactionId, react: (batch: Batch) => Promise<Outcome>): Reaction {
  const followed: readonly string[] = reactions[id].to;
  return async ({ Records }, context) => {
    const started = performance.now();
    const records = Records as readonly StreamRecord[];
    const events = eventsIn(id, records).filter((event) => followed.includes(event.type));
    if (events.length === 0) return { batchItemFailures: [] };
    const deadline = Date.now() + context.getRemainingTimeInMillis() - answerTime;
    const outcome = await react({ events, deadline }).catch(
      (cause: unknown): Outcome => ({ retry: 'an error that was not expected', cause }),
    );
    const durationMs = Math.round((performance.now() - started) * 10) / 10;
    for (const event of events) logLine(id, event, outcome, durationMs);
    if (!('retry' in outcome)) return { batchItemFailures: [] };
    // Lambda halves what fails whole, until what can't be done stands alone and the rest is done.
    if (events.length > 1) throw new Error(`${id} has to be called again: ${outcome.retry}`, { cause: outcome.cause });
    return { batchItemFailures: [{ itemIdentifier: firstSequence(records) }] };
  };
}

/** Throws for a record that this build can’t read, and says which story it was about. */
function eventsIn(id: ReactionId, records: readonly StreamRecord[]): ArticleEvent[] {
  return records.flatMap((record) => {
    try {
      return articleEvent(record) ?? [];
    } catch (error) {
      const about = record.dynamodb?.Keys?.pk?.S;
      log('error', 'reaction', { reaction: id, about, outcome: 'unreadable', error: explain(error) });
      throw error;
    }
  });
}

function logLine(id: ReactionId, event: ArticleEvent, outcome: Outcome, durationMs: number): void {
  const { type, articleId, seq, slug, causedBy } = event;
  const [[ending, what]] = Object.entries(outcome) as [[string, string]];
  const cause = 'retry' in outcome && outcome.cause !== undefined ? { error: explain(outcome.cause) } : {};
  log('retry' in outcome ? 'error' : 'info', 'reaction', {
    reaction: id,
    event: type,
    articleId,
    seq,
    slug,
    causedBy,
    outcome: ending,
    what,
    durationMs,
    ...cause,
  });
}

/** Lambda sends everything from this record on again. */
function firstSequence(records: readonly StreamRecord[]): string {
  return records[0]?.dynamodb?.SequenceNumber ?? '';
}
