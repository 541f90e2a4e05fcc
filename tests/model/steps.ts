import * as fc from 'fast-check';
import { publicationKinds } from '../../contract/schemas/editorial-article.ts';
import { day, hour, minute, second } from './clock.ts';

/** A change of one field: which of the values that there are for it (resolve.ts). */
const change = fc.record({
  field: fc.constantFrom(
    ...([
      'headline',
      'headline',
      'body',
      'body',
      'section',
      'slug',
      'tags',
      'internalNote',
      'embargoUntil',
      'embargoUntil',
    ] as const),
    ...(['deck', 'topics', 'places', 'people', 'authors', 'related'] as const),
  ),
  pick: fc.nat(5),
});

const changes = fc.array(change, { maxLength: 3 });
const often = (weight: number) => fc.integer({ min: 0, max: weight }).map((value) => value > 0);
const seldom = (weight: number) => fc.integer({ min: 0, max: weight }).map((value) => value === weight);
const noted = fc.boolean();

const publishing = {
  kind: fc.option(fc.constantFrom(...publicationKinds), { nil: undefined, freq: 2 }),
  noted,
  bump: fc.constantFrom(undefined, false, true),
  /** Whether it stays as it was drawn, whether it can be or not. */
  unfit: seldom(5),
};

/** Milliseconds from now, and from then; to the second they are a little less. */
const publishAt = fc.constantFrom(undefined, 30 * second, 10 * minute, 700, hour, 25 * hour, -minute);
const unpublishAt = fc.constantFrom(undefined, undefined, 2 * hour, 20 * minute, 26 * hour, null, 700, -minute);

const acts = {
  create: fc.record({ act: fc.constant('create'), changes, keyed: seldom(2) }),
  update: fc.record({ act: fc.constant('update'), changes }),
  revert: fc.record({ act: fc.constant('revert'), back: fc.nat(4) }),
  review: fc.record({ act: fc.constantFrom('submit', 'approve', 'return'), noted: often(3) }),
  schedule: fc.record({ act: fc.constant('schedule'), publishAt, unpublishAt, ...publishing }),
  publish: fc.record({ act: fc.constant('publish'), keyed: seldom(3), ...publishing }),
  kill: fc.record({ act: fc.constant('kill'), keepHeadline: fc.boolean() }),
  lock: fc.record({ act: fc.constant('lock'), minutes: fc.constantFrom(1, 10, 60) }),
  plain: (...names: ('unschedule' | 'unpublish' | 'trash' | 'restore' | 'purge' | 'unlock')[]) =>
    fc.record({ act: fc.constantFrom(...names) }),
  section: fc.record({
    act: fc.constantFrom('nameSection', 'mergeSection', 'deleteSection', 'newSection'),
    section: fc.nat(3),
    into: fc.nat(3),
    name: fc.nat(2),
  }),
  /** The same request once more, to the byte or with another body. */
  repeat: fc.record({ act: fc.constant('repeat'), back: fc.nat(3), other: seldom(3) }),
  /** At once, or when the next thing is due and a little later. */
  clock: fc.record({
    act: fc.constant('clock'),
    next: fc.boolean(),
    late: fc.constantFrom(0, 5 * second, 30 * minute),
  }),
} as const;

const anyAct = fc.oneof(
  { weight: 22, arbitrary: acts.update },
  { weight: 20, arbitrary: acts.publish },
  { weight: 14, arbitrary: acts.schedule },
  { weight: 14, arbitrary: acts.clock },
  { weight: 18, arbitrary: acts.review },
  { weight: 4, arbitrary: acts.create },
  { weight: 8, arbitrary: acts.section },
  { weight: 9, arbitrary: acts.plain('unpublish', 'trash', 'restore') },
  { weight: 5, arbitrary: acts.revert },
  { weight: 4, arbitrary: acts.kill },
  { weight: 4, arbitrary: acts.repeat },
  { weight: 5, arbitrary: acts.plain('unschedule') },
  { weight: 3, arbitrary: acts.plain('purge') },
  { weight: 3, arbitrary: acts.plain('unlock') },
  { weight: 3, arbitrary: acts.lock },
);

export const step = fc.record({
  /** Who (words.ts): an editor oftener than not. */
  who: fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 4, 5),
  /** Which article, counted from the newest. */
  which: fc.nat(2),
  what: anyAct,
  /** Whether it should be possible, is to be refused for what the article is like, or stays as it was drawn. */
  mood: fc.constantFrom('sensible', 'sensible', 'sensible', 'sensible', 'contrary', 'careless'),
  /** How far from the article’s version the one is that If-Match names. */
  behind: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1),
  /** When and how reactions are told of what happened before it. */
  told: fc.constantFrom('at once', 'at once', 'later', 'later', 'twice', 'one by one', 'side by side'),
  /** Whether somebody makes a preview link before it. */
  shows: seldom(7),
  /** What passes before it. */
  wait: fc.constantFrom(
    1,
    1,
    1,
    1,
    400,
    second,
    20 * second,
    2 * minute,
    2 * minute,
    15 * minute,
    hour,
    ...[2 * minute, 20 * second, 25 * hour, 1, 1, 1, 15 * minute, 31 * day],
  ),
});

/** A step as it is drawn: what it means depends on the articles that there are by then. */
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
export type What = Step['what'];

/** Drawn sequences; the same seed draws the same ones. */
export function drawSequences(options: { count: number; length: number; seed: number }): Step[][] {
  const { count, length, seed } = options;
  return fc.sample(fc.array(step, { minLength: length, maxLength: length }), { numRuns: count, seed });
}
