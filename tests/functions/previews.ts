import { hash } from 'node:crypto';
import type { NewPreviewLink } from '../../contract/schemas/preview.ts';
import type { Answer, Call, Desk } from '../support/desk.ts';

type Made = NewPreviewLink & { token: string };

/** Preview links as the desk makes them and as whoever holds them opens them. */
export type Previews = {
  link: (article: { id: string }, call?: Call) => Promise<Made>;
  open: (token: string, call?: Call) => Promise<Answer>;
};

/** Where callers find the API, as CloudFront tells it. */
export const host = 'cms.example';

export function previewsOf({ call }: Desk): Previews {
  return {
    async link({ id }, options = {}) {
      const headers = { 'x-dateline-host': host, ...options.headers };
      const { status, json } = await call('createPreviewLink', { path: { articleId: id }, ...options, headers });
      if (status !== 201) throw new Error(JSON.stringify(json));
      return { ...json, token: json.url.slice(json.url.lastIndexOf('/') + 1) };
    },
    open: async (token, options) => await call('getPreview', { path: { token }, ...options }),
  };
}

export const digestOf = (token: string): string => hash('sha256', token, 'hex');

/** The keys of what is kept of links, of one of them or of all. */
export function linkItems(items: readonly Record<string, unknown>[], token?: string): string[] {
  const keys = items.map(({ pk, sk }) => `${pk} ${sk}`);
  return keys
    .filter((key) => key.startsWith('PREVIEW#') && key.includes(token === undefined ? '' : digestOf(token)))
    .toSorted();
}

/** All of it but what is of the one request. */
export function told({ status, headers, json, body }: Answer) {
  const { 'x-request-id': _, ...rest } = headers;
  return { status, headers: rest, body: json ? { ...json, instance: null } : body };
}
