import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { published } from './desk.ts';
import { projectStory } from './seeds.ts';
import type { Stage } from './stage.ts';

/** Reads the stage like a frontend while something else happens. `interrupted` is the first reply that was not a good one. */
export async function whileServing<Result>(
  stage: Stage,
  happens: Promise<Result>,
): Promise<{ result: Result; interrupted: Error | undefined }> {
  let done = false;
  const reading = readUntil(stage, () => done).catch((error: Error) => error);
  try {
    const result = await happens;
    done = true;
    return { result, interrupted: (await reading) ?? undefined };
  } finally {
    done = true;
  }
}

async function readUntil(stage: Stage, done: () => boolean): Promise<void> {
  while (!done()) {
    await assertServes(stage);
    await pause(200);
  }
}

export async function assertServes(stage: Stage): Promise<void> {
  for (const path of ['/health', published, `${published}/${projectStory.slug}`]) {
    const { status, text } = await stage.content(path);
    assert.equal(status, 200, `${path} answered ${status}: ${text}`);
  }
}
