import { hash } from 'node:crypto';
import { clock, minute, second } from './clock.ts';
import { tokensOf } from './expected-content.ts';
import { type Article, contentOf, isKilled, type PreviewLink, type World } from './model.ts';
import type { Newsroom } from './newsroom.ts';
import { formFor, type Reader, type Wanted } from './reader.ts';
import type { Person } from './words.ts';

const minutes = 20;

/** Somebody makes a link that shows an article as it is. What is over goes when a new one is made. */
export async function makePreviewLink({ call, story }: Newsroom, article: Article, who: Person): Promise<string[]> {
  const { id, name, links } = article;
  const { role } = who;
  const asked = { role, name: who.name, path: { articleId: id }, body: { minutes } };
  const { status, json } = await call('createPreviewLink', asked);
  story.push(`      ${who.name} (${role}) makes a preview link for ${name} → ${status}`);
  const wanted = statusOf(article, who);
  if (status !== wanted) return [`a preview link for ${name} was answered ${status} and should be ${wanted}`];
  if (status !== 201) return [];
  for (const link of links) if (!isOpen(link)) link.isKept = false;
  const expiresAt = Math.ceil(clock.now() / second) * second + minutes * minute;
  links.push({ token: json.url.slice(json.url.lastIndexOf('/') + 1), expiresAt, isKept: true });
  return [];
}

function statusOf({ purged, stage }: Article, { role }: Person): number {
  if (purged) return 410;
  if (stage === 'killed') return role === 'admin' ? 409 : 403;
  return stage === 'trashed' ? 409 : 201;
}

const isOpen = ({ expiresAt }: PreviewLink): boolean => expiresAt > clock.now();

/** What the desk keeps of links: of each token a digest. */
export function linkKeys({ id, links }: Article): string[] {
  const digests = links.filter(({ isKept }) => isKept).map(({ token }) => hash('sha256', token, 'hex'));
  return digests.flatMap((digest) => [`PREVIEW#${digest} TOKEN`, `PREVIEW#${id} LINK#${digest}`]);
}

/** How many links of an article are opened, the latest first, unless it is all of them. */
const mostOpened = 1;

/** Whoever holds a link sees the working copy as it is now, unless that is gone or the link is over. */
export async function lookAtPreviews(reader: Reader, article: Article): Promise<void> {
  const { world, whole, turn, ask, expect } = reader;
  for (const [index, link] of article.links
    .toReversed()
    .slice(0, whole ? undefined : mostOpened)
    .entries()) {
    const isJson = (turn + index) % 2 === 0;
    const query = isJson ? '' : `format=${formFor(reader, index)}`;
    const call = { path: { token: link.token }, query };
    const { status, headers } = await ask('getPreview', call, shown(world, article, link, isJson));
    const says = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow, noarchive' };
    if (status === 200) expect(`how the preview of ${article.name} is kept`, says, headers);
    else expect('how no preview is kept', true, headers['cache-control']?.includes('no-store'));
  }
}

function shown(world: World, article: Article, link: PreviewLink, isJson: boolean): Wanted {
  if (!link.isKept || !isOpen(link) || article.stage === 'trashed') return { status: 404 };
  if (article.stage === 'killed') return { status: 410 };
  const { headline, deck, body, related, tags } = contentOf(article);
  const tokens = tokensOf(headline, deck, body, article.publication?.notes);
  if (!isJson) return { status: 200, tokens, must: tokensOf(headline, body) };
  const says = { headline, deck, tags, related: related.filter((id) => !isKilled(world, id)) };
  return { status: 200, tokens, says };
}
