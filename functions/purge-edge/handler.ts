// Trigger: the content table's stream, after a story was published again, withdrawn or killed.
// Effect: CloudFront forgets all that it has of the story; after a takedown all content, and that a second time.
// Follows: nothing.
import { setTimeout as pause } from 'node:timers/promises';
import { optionalSetting } from '../_shared/environment.ts';
import { type Batch, type Outcome, reaction } from '../_shared/reaction.ts';
import { type Purge, purge } from './edge.ts';
import { isTakedown, purgePaths } from './purge-paths.ts';

/**
 * Milliseconds. Reads of the content table are eventually consistent: one that was under way when the story was withdrawn
 * may put it back into the cache after the first purge.
 */
const settling = 5000;
/** Between two tries of a purge that CloudFront is too busy for, in milliseconds. */
const patience = 2000;

export const handler = reaction('purge-edge', async (batch) => {
  const distribution = optionalSetting('edgeDistribution');
  if (distribution === undefined) return { drop: 'there is no edge before this stage' };
  const takedowns = batch.events.filter(isTakedown);
  const events = optionalSetting('edgePurges') === 'takedowns' ? takedowns : batch.events;
  if (events.length === 0) return { drop: 'this stage purges takedowns alone' };
  return await purgeTwice(distribution, { ...batch, events }, takedowns);
});

async function purgeTwice(
  distribution: string,
  { events, deadline }: Batch,
  takedowns: Batch['events'],
): Promise<Outcome> {
  const reference = events.map((event) => event.changeId).join(' ');
  // What has to be purged again needs time for that: a first purge that takes it all is tried anew, and done once.
  const kept = takedowns.length === 0 ? 0 : settling + patience;
  const first = await purgeInTime({ distribution, paths: purgePaths(events), reference }, deadline - kept);
  if (takedowns.length === 0 || !('done' in first)) return first;
  await pause(Math.max(0, Math.min(settling, deadline - Date.now())));
  const second = { distribution, paths: purgePaths(takedowns), reference: `${reference} again` };
  const again = await purgeInTime(second, deadline);
  return 'done' in again ? { done: `${first.done}, ${again.done}` } : again;
}

/** Waits here while CloudFront is too busy: Lambda would ask again at once, and soon for the last time. */
async function purgeInTime(wanted: Purge, deadline: number): Promise<Outcome> {
  for (;;) {
    const outcome = await purge(wanted);
    if (!('retry' in outcome) || Date.now() + patience > deadline) return outcome;
    await pause(patience);
  }
}
