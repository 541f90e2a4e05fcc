import type { ArticleEvent } from '../contract/events.ts';
import { layout } from './layout.ts';
import { eventKeys } from './tables.ts';

/** An item as streams have it: DynamoDB's JSON. */
export type StreamImage = Readonly<Record<string, { S?: string; N?: string; BOOL?: boolean } | undefined>>;

/** A record of the content table's stream, as far as events are made of it. */
export type StreamRecord = {
  eventName?: 'INSERT' | 'MODIFY' | 'REMOVE' | undefined;
  dynamodb?: {
    Keys?: StreamImage | undefined;
    NewImage?: StreamImage | undefined;
    OldImage?: StreamImage | undefined;
    SequenceNumber?: string | undefined;
  };
};

/** What a record of the stream tells happened, or undefined when it tells of nothing that anybody follows. */
export function articleEvent({ eventName, dynamodb = {} }: StreamRecord): ArticleEvent | undefined {
  const { Keys, NewImage: now, OldImage: before } = dynamodb;
  if (!isCurrentSlug(Keys) || !now) return undefined;
  const isSame = isSameChange(now, before);
  if (isSame && !isRelisted(now, before)) return undefined;
  // Without it a withdrawal would look like nothing: an adopted table may have a stream of another kind.
  if (eventName === 'MODIFY' && !before) throw new Error('The content table’s stream must have new and old images.');
  const state = textIn(now, 'state');
  const wasLive = before?.state?.S === 'live';
  const isKill = state === 'killed' && before?.state?.S !== 'killed';
  if (state !== 'live' && !wasLive && !isKill) return undefined;
  const slug = textIn(now, 'slug');
  const previousSlug = wasLive ? before?.slug?.S : undefined;
  return {
    type: isSame ? 'articleRelisted' : typeOf(state, wasLive),
    articleId: (Keys?.pk?.S ?? '').slice(eventKeys.pk.prefix.length),
    seq: Number(now.seq?.N),
    slug,
    ...(previousSlug === undefined || previousSlug === slug ? {} : { previousSlug }),
    changeId: textIn(now, 'changeId'),
    ...whyOf(now),
  };
}

function whyOf({ takesAway, causedBy }: StreamImage): Pick<ArticleEvent, 'takesAway' | 'causedBy'> {
  return { ...(takesAway ? { takesAway: true } : {}), ...(causedBy?.S === undefined ? {} : { causedBy: causedBy.S }) };
}

function typeOf(state: string, wasLive: boolean): ArticleEvent['type'] {
  if (state === 'live') return wasLive ? 'articleRepublished' : 'articlePublished';
  return state === 'killed' ? 'articleKilled' : 'articleWithdrawn';
}

function isCurrentSlug(key: StreamImage | undefined): boolean {
  return key?.sk?.S === eventKeys.sk && (key.pk?.S ?? '').startsWith(eventKeys.pk.prefix);
}

/** A write that changed nothing makes no event, where an engine streams it at all. */
function isSameChange(now: StreamImage, before: StreamImage | undefined): boolean {
  return before !== undefined && before.changeId?.S === now.changeId?.S;
}

/** Rendered anew, and told to nobody: it stands in listings as something else, or in others, or in none any more. */
function isRelisted(now: StreamImage, before: StreamImage | undefined): boolean {
  return ['row', 'topics', 'sortAt'].some((name) => now[name]?.S !== before?.[name]?.S);
}

function textIn(item: StreamImage, attribute: string): string {
  if (item.v?.N !== String(layout))
    throw new Error(`An item of the stream has the layout ${item.v?.N}; this build reads ${layout}.`);
  const value = item[attribute]?.S;
  if (value === undefined) throw new Error(`An item of the stream lacks ${attribute}.`);
  return value;
}
