import { gunzipSync, gzipSync } from 'node:zlib';
import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { AppError } from '../contract/errors.ts';
import type { Article } from '../contract/schemas/article.ts';

export type NewItem = Record<string, NativeAttributeValue>;

/**
 * Bytes of an article, compressed, out of the 409,600 that a DynamoDB item may have. The rest is for what grows without
 * the article being written: 60 kB of public notes, 41 listing names of half a kilobyte, and who did what. Whoever could
 * save a story can therefore publish it and, what matters more, take it down.
 */
const largestArticle = 290 * 1024;
/** Bytes as JSON. Lambda answers at most 6 MB, and an article that compresses well reaches that first. */
const largestArticleJson = 3_000_000;
/** Bytes, compressed, of an answer kept for repeats; its item has little else. */
const largestAnswer = 390 * 1024;

/** JSON, gzipped. The same value gives the same bytes. */
export function pack(value: unknown): Buffer {
  return gzipSync(JSON.stringify(value), { level: 9 });
}

export function unpack(packed: Uint8Array): unknown {
  return JSON.parse(gunzipSync(packed).toString('utf8'));
}

/** Throws `too_large` with the measured size for an article that could not be stored, published or answered. */
export function packArticle(article: Article): Buffer {
  const json = Buffer.byteLength(JSON.stringify(article));
  if (json > largestArticleJson) throw tooLarge('article', json, largestArticleJson, 'as JSON');
  return packWithin('article', article, largestArticle);
}

/** Throws `too_large`. The one answer that can be too long is an import's, which lists the lines that it dropped. */
export function packAnswer(answer: unknown): Buffer {
  return packWithin('answer to be kept for repeats', answer, largestAnswer);
}

function packWithin(what: string, value: unknown, largest: number): Buffer {
  const packed = pack(value);
  if (packed.byteLength > largest) throw tooLarge(what, packed.byteLength, largest, 'compressed');
  return packed;
}

function tooLarge(what: string, size: number, largest: number, form: string): AppError {
  return new AppError(
    'too_large',
    `The ${what} is ${size} bytes ${form}, and at most ${largest} are kept. Shorten the body or split the story.`,
  );
}
