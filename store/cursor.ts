import { hash } from 'node:crypto';
import { AppError } from '../contract/errors.ts';

/**
 * A cursor is a position in one listing: the sort key of the last entry, with a check over it and the listing's name. It
 * holds nothing secret; the check tells a cursor of ours from a forged, cut or misplaced one.
 */
export function cursorAt(listing: string, sortKey: string): string {
  return Buffer.from(`${check(listing, sortKey)}${sortKey}`).toString('base64url');
}

/** The sort key that the cursor holds. Throws `invalid_request` for one that this listing never gave out. */
export function positionOf(listing: string, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const sortKey = text.slice(checkLength);
  if (sortKey === '' || cursorAt(listing, sortKey) !== cursor) {
    const detail = 'must be the nextCursor of a page of this listing';
    throw new AppError('invalid_request', `?cursor ${detail}`, { fields: [{ pointer: '?cursor', detail }] });
  }
  return sortKey;
}

const checkLength = 16;

function check(listing: string, sortKey: string): string {
  return hash('sha256', `cursor 1\n${listing}\n${sortKey}`, 'base64url').slice(0, checkLength);
}
