import { getFeed } from '../contract/routes/get-feed.ts';
import { getHealth } from '../contract/routes/get-health.ts';
import { getNewsSitemap } from '../contract/routes/get-news-sitemap.ts';
import { getPublishedArticle } from '../contract/routes/get-published-article.ts';
import { listChanges } from '../contract/routes/list-changes.ts';
import { listPublishedArticles } from '../contract/routes/list-published-articles.ts';
import type { Page } from './gateway.ts';
import type { LatestStory } from './latest-story.ts';

export type Link = { href: string; title: string; about: string };

/** How a terminal gets a token of a role. */
export function tokenCommand(url: string, role: string, name: string): string {
  return `curl -s ${url}/local/tokens -H 'accept: text/plain' -d '{"role":"${role}","name":"${name}"}'`;
}

/** Where a newcomer can go. */
export function linksOf(url: string, story: LatestStory | undefined): Link[] {
  const at = (path: string, title: string, about: string): Link => ({ href: `${url}${path}`, title, about });
  const storyPath = story && getPublishedArticle.path.replace('{slug}', story.slug);
  return [
    ...(story && storyPath
      ? [
          at(storyPath, story.headline, 'The latest story, as a frontend gets it'),
          at(`${storyPath}?format=html`, 'The same as HTML', 'The latest story, as a page'),
        ]
      : []),
    at(listPublishedArticles.path, 'Published articles', 'The listing, latest first'),
    at(getFeed.path.replace('{feed+}', 'latest.rss'), 'RSS feed', 'What feed readers follow'),
    at(getNewsSitemap.path, 'News sitemap', 'What news search engines fetch'),
    at(`${listChanges.path}?snapshot=true`, 'Change log', 'What search indexes and partners sync from'),
    at('/openapi.json', 'OpenAPI document', 'Every route, request and reply of the APIs'),
    at(getHealth.path, 'Health', 'That the API answers, and which build it is'),
  ];
}

/** `GET /`: the links as a page for browsers, as JSON for everything else that asks for it. */
export function linksPage(latestStory: () => Promise<LatestStory | undefined>): Page {
  return async ({ accept, host }) => {
    const url = `http://${host}`;
    const links = linksOf(url, await latestStory());
    const getToken = tokenCommand(url, 'editor', 'ana');
    if (!accept.includes('text/html'))
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: `${JSON.stringify({ name: 'Dateline', links, getToken }, null, 2)}\n`,
      };
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      },
      body: html(links, getToken),
    };
  };
}

function html(links: readonly Link[], getToken: string): string {
  const items = links.map(
    ({ href, title, about }) =>
      `<li><a href="${escaped(href)}">${escaped(title)}</a><span>${escaped(about)}</span></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dateline on this machine</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>Dateline</h1>
<p>The newsroom runs on this machine: all its APIs, through the functions that are deployed.</p>
<h2>Read</h2>
<ul>
${items.join('\n')}
</ul>
<h2>Write</h2>
<p>The editorial API takes a bearer token. A contributor writes, an editor publishes, an admin may do all of it:</p>
<pre><code>TOKEN=$(${escaped(getToken)})
curl -s ${escaped(editorialListing(links))} -H "authorization: Bearer $TOKEN"</code></pre>
</main>
</body>
</html>
`;
}

const editorialListing = (links: readonly Link[]): string =>
  new URL('/editorial/v1/articles', links[0]?.href ?? 'http://localhost').href;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const styles = `
:root { color-scheme: light dark; --quiet: light-dark(#595959, #a6a6a6); --line: light-dark(#d9d9d9, #404040) }
body { margin: 0; font: 1.0625rem/1.6 Georgia, "Times New Roman", serif }
main { max-width: 40rem; margin: 0 auto; padding: 3rem 1.25rem }
h1 { font-size: 2.25rem; line-height: 1.1; margin: 0 0 1rem; padding-bottom: 1rem; border-bottom: 3px double currentColor }
h2 { font-size: 1rem; margin: 2.5rem 0 .5rem }
ul { list-style: none; margin: 0; padding: 0 }
li { padding: .75rem 0; border-bottom: 1px solid var(--line) }
li span { display: block; color: var(--quiet); font-size: .9375rem }
a { color: inherit; text-underline-offset: .2em }
pre { padding: 1rem; border: 1px solid var(--line); overflow-x: auto; font-size: .875rem }
`;
