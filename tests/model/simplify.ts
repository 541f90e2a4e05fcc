import type * as fc from 'fast-check';

/** How many steps of a sequence it takes until something is wrong; undefined if nothing is. */
export type Fails<Step> = (steps: readonly Step[]) => Promise<number | undefined>;

/** Simpler forms of one step that are tried. */
const mostForms = 25;

type Options<Step> = { fails: Fails<Step>; step: fc.Arbitrary<Step>; isTimeUp: () => boolean };

/**
 * Looks for the shortest and simplest sequence that still fails, until `isTimeUp`: stretches are left out, ever shorter
 * ones, and then each step is made plainer. The simplest one is played last.
 */
export async function simplify<Step>(failing: readonly Step[], options: Options<Step>): Promise<void> {
  const shortest = await shorten(failing.slice(0, (await options.fails(failing)) ?? failing.length), options);
  await options.fails(await plainer(shortest, options));
}

async function shorten<Step>(failing: readonly Step[], { fails, isTimeUp }: Options<Step>) {
  let shortest = failing;
  for (let size = Math.ceil(shortest.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0)
    // From the end, where less follows.
    for (let end = shortest.length; end > 0 && !isTimeUp(); end -= size) {
      const rest = [...shortest.slice(0, Math.max(0, end - size)), ...shortest.slice(end)];
      const count = rest.length > 0 ? await fails(rest) : undefined;
      if (count !== undefined) shortest = rest.slice(0, count);
    }
  return shortest;
}

async function plainer<Step>(failing: readonly Step[], { fails, step, isTimeUp }: Options<Step>) {
  let plainest = failing;
  for (let index = 0; index < plainest.length && !isTimeUp(); index += 1) {
    for (const form of formsOf(step, plainest[index] as Step)) {
      const other = plainest.with(index, form);
      const count = isTimeUp() ? undefined : await fails(other);
      if (count === undefined) continue;
      plainest = other.slice(0, count);
      // The plainer form may have one that is plainer still.
      index -= 1;
      break;
    }
  }
  return plainest;
}

function* formsOf<Step>(step: fc.Arbitrary<Step>, drawn: Step): Generator<Step> {
  if (!step.canShrinkWithoutContext(drawn)) return;
  let count = 0;
  for (const { value } of step.shrink(drawn, undefined)) {
    if (count++ === mostForms) return;
    yield value;
  }
}
