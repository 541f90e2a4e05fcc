import type { LatestStory } from './latest-story.ts';
import { linksOf, tokenCommand } from './links-page.ts';

export type Started = {
  /** Where this machine reaches it. */
  url: string;
  story: LatestStory | undefined;
  /** Undefined when nothing is kept. */
  dataFolder: string | undefined;
  /** Set when the database is not ours. */
  databaseEndpoint: string | undefined;
};

/** What to do once it runs: what to read, a call for each role, where the data is, how to stop. */
export function nextSteps(started: Started): string {
  const { url, story } = started;
  const links = [{ href: `${url}/`, about: 'All of these links' }, ...linksOf(url, story)];
  const width = Math.max(...links.map(({ about }) => about.length));
  return `
Read
${links.map(({ href, about }) => `  ${about.padEnd(width)}  ${href}`).join('\n')}

Write, in another terminal
  # A contributor writes a draft; its address comes back.
  CONTRIBUTOR=$(${tokenCommand(url, 'contributor', 'carla')})
  DRAFT=$(curl -s -o /dev/null -w '%header{location}' ${url}/editorial/v1/articles -H "authorization: Bearer $CONTRIBUTOR" \\
    -H 'content-type: application/json' -d '{"headline":"Trains run again","section":"world","body":{"text":"They do."}}')

  # An editor publishes it.
  EDITOR=$(${tokenCommand(url, 'editor', 'ana')})
  curl -s -X POST "${url}$DRAFT/publish" -H "authorization: Bearer $EDITOR" -H 'if-match: "1"'

  # An admin may do all of that, and sees every article.
  ADMIN=$(${tokenCommand(url, 'admin', 'olga')})
  curl -s ${url}/editorial/v1/articles -H "authorization: Bearer $ADMIN"

${whereTheDataIs(started)} Ctrl-C stops it.`;
}

function whereTheDataIs({ dataFolder, databaseEndpoint }: Started): string {
  if (databaseEndpoint !== undefined) return `The data is in the database at ${databaseEndpoint}.`;
  if (dataFolder === undefined) return 'The data is in memory: nothing is kept.';
  return `The data is in ${dataFolder}: delete that folder to start afresh.`;
}
