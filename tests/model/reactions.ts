import { handler as countPublished } from '../../functions/count-published/handler.ts';
import type { StreamRecord } from '../../store/article-events.ts';
import { type Counts, countsOf } from './counts.ts';
import type { Newsroom } from './newsroom.ts';
import type { Step } from './steps.ts';
import type { Table, Tables } from './tables.ts';

/** What the content table’s stream says: what reactions have not been told yet, and the last that they were. */
export type Stream = { waiting: StreamRecord[]; told: StreamRecord[]; counts: Counts };

/** Records that come once more. */
const mostAgain = 6;

/** Looks at the tables anew, and puts on the stream what is other than before. */
export async function lookAgain(newsroom: Newsroom): Promise<Tables> {
  const before = newsroom.tables;
  newsroom.tables = await newsroom.look();
  newsroom.stream.waiting.push(...recordsOf(before.content, newsroom.tables.content));
  return newsroom.tables;
}

/** Of the one item of each article that events are made of. */
function recordsOf(before: Table, after: Table): StreamRecord[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key): StreamRecord[] => {
    const [old, young] = [before.get(key)?.raw, after.get(key)?.raw];
    const [pk, sk] = key.split(' ');
    if (sk !== 'SLUG' || !pk || old === young) return [];
    const eventName = old === undefined ? 'INSERT' : young === undefined ? 'REMOVE' : 'MODIFY';
    const images = { ...imageOf('OldImage', old), ...imageOf('NewImage', young) };
    return [{ eventName, dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, SequenceNumber: '1', ...images } }];
  });
}

const imageOf = (name: 'OldImage' | 'NewImage', raw: string | undefined) =>
  raw === undefined ? {} : { [name]: JSON.parse(raw) };

/** Tells reactions of what happened: later, in one batch or several, of one story after the other or side by side, or twice. */
export async function tellReactions({ stream, story, world }: Newsroom, how: Step['told']): Promise<string[]> {
  const { waiting, told } = stream;
  if (how === 'later') return [];
  stream.counts = countsOf(world);
  if (waiting.length === 0) return [];
  story.push(`      ${waiting.length} changes are told to reactions, ${how}`);
  const problems: string[] = [];
  for (const group of batches(waiting, told, how))
    for (const failure of await Promise.all(group.map(react))) problems.push(...failure);
  stream.told = [...told, ...waiting].slice(-mostAgain);
  stream.waiting = [];
  return problems;
}

type Batch = readonly StreamRecord[];

/** Batches that are sent at the same time, one such group after the other. */
function batches(waiting: Batch, told: Batch, how: Step['told']): Batch[][] {
  const pkOf = ({ dynamodb }: StreamRecord) => dynamodb?.Keys?.pk?.S;
  if (how === 'one by one') return waiting.map((record) => [[record]]);
  if (how === 'side by side') return [[...Map.groupBy(waiting, pkOf).values()]];
  // Late, as after a function that failed: behind what came since.
  if (how === 'twice') return [[waiting], [told, waiting].filter((batch) => batch.length > 0)];
  return [[waiting]];
}

type StreamEvent = Parameters<typeof countPublished>[0];

async function react(records: Batch): Promise<string[]> {
  try {
    const event = { Records: records } as StreamEvent;
    const { batchItemFailures } = await countPublished(event, { getRemainingTimeInMillis: () => 10_000 });
    return batchItemFailures.length > 0 ? ['the stories were not counted, and are to be counted again'] : [];
  } catch (error) {
    return [`the stories were not counted: ${error}`];
  }
}
