// Trigger: a rule, every minute; locally a timer.
// Effect: what is due is published, taken down or purged, each in a transaction of its own; then stories are rendered anew
// whose section changed, or which point at a story that was killed.
// Follows: whatever follows a publication.
import type { Context } from 'aws-lambda';
import { editorialDatabase } from '../_shared/editorial.ts';
import { log } from '../_shared/log.ts';
import { putMetrics } from '../_shared/metrics.ts';
import { type Done, runDue } from './run-due.ts';

/** Kept back from the function's time for what is under way and the log, in milliseconds. */
const answerTime = 2000;

export async function handler(
  _event: unknown,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<Done> {
  const deadline = Date.now() + context.getRemainingTimeInMillis() - answerTime;
  const { done, lateByMs } = await runDue(editorialDatabase({ deadline, id: context.awsRequestId }));
  const { failed, ...counts } = done;
  if (Object.values(done).some((count) => count > 0)) {
    log(failed > 0 ? 'error' : 'info', 'due', { requestId: context.awsRequestId, ...counts, failed });
    putMetrics({ LateByMs: lateByMs, Failed: [failed] });
  }
  return done;
}
