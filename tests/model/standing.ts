import { tokensOf } from './expected-content.ts';
import type { Article } from './model.ts';
import type { Token } from './words.ts';

/** How a request about a story is answered at one of its addresses: with it, with its notice, with where it is, or not. */
export type Standing = { status: 200 | 404 } | { status: 410; tokens: Token[] } | { status: 301; slug: string };

export function standingAt({ publication, redirects }: Article, slug: string): Standing {
  if (!publication || publication.state === 'withdrawn') return { status: 404 };
  if (slug !== publication.slug) return redirects.has(slug) ? { status: 301, slug: publication.slug } : { status: 404 };
  const { kill } = publication;
  return kill ? { status: 410, tokens: tokensOf(kill.notice, kill.headline) } : { status: 200 };
}
