import { listPublishedArticles } from '../contract/routes/list-published-articles.ts';

/** The newest story there is, as the public listing has it. */
export type LatestStory = { slug: string; headline: string };

/** Undefined when nothing is published, or when the listing does not answer. */
export async function latestStory(url: string): Promise<LatestStory | undefined> {
  try {
    const response = await fetch(`${url}${listPublishedArticles.path}?limit=1`);
    const { items } = (await response.json()) as { items?: LatestStory[] };
    return items?.[0];
  } catch {
    return undefined;
  }
}
