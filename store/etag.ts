import { hash } from 'node:crypto';

/** The ETag of a text. Weak: one document, several encodings. */
export function weakEtag(text: string): string {
  return `W/"${hash('sha256', text, 'base64url').slice(0, 22)}"`;
}
