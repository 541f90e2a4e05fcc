import type { ProjectCopy } from './project-copy.ts';

const manifest = 'seeds/manifest.json';

export type Story = { id: string; file: string; headline: string; slug: string };

/** The story that comes with the project. */
export const projectStory = {
  id: '017e2f42-9600-7747-8640-eaf09766caae',
  file: 'kazakhstan-almaty-unrest.txt',
  slug: 'kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues',
} as const;

/** Two of the test's own: one is there from the first deployment on, and one comes with the second. */
export const earlyStory: Story = {
  id: '018f2f42-9600-7747-8640-000000000001',
  file: 'ferries-run-again.txt',
  headline: 'Ferries run again between the two harbours',
  slug: 'ferries-run-again-between-the-two-harbours',
};
export const lateStory: Story = {
  id: '018f2f42-9600-7747-8640-000000000002',
  file: 'bridge-opens.txt',
  headline: 'Bridge opens a year late',
  slug: 'bridge-opens-a-year-late',
};

/** Adds a story to the copy's seeds as its editors would: a text, and its entry in the manifest. */
export async function addSeed(copy: ProjectCopy, { id, file, headline }: Story): Promise<void> {
  await copy.write(
    `seeds/${file}`,
    `World\n\n${headline}\n\nLISBON, Mar 3 (Reuters) - It was ready on Thursday after a storm.\n\n"We are glad," a captain said.\n`,
  );
  const { stories, ...rest } = JSON.parse(await copy.read(manifest)) as { stories: object[] };
  const entry = { id, file, year: 2022, publishedAt: '2022-03-03T12:00:00Z', article: { slugline: 'Harbours' } };
  await copy.write(manifest, `${JSON.stringify({ stories: [...stories, entry], ...rest }, null, 2)}\n`);
}

/** The line of the manifest that has this text; the first is 1. */
export async function manifestLine(copy: ProjectCopy, text: string): Promise<number> {
  const lines = (await copy.read(manifest)).split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}
