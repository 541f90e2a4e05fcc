import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { publishedArticleSchema } from '../../contract/schemas/published-article.ts';
import { anyDocument } from '../support/any-document.ts';
import { seedDocument } from '../support/seed-document.ts';

test('generated documents are such as may be stored, just as they are', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      expect(publishedArticleSchema.parse(document)).toEqual(document);
    }),
    { numRuns: 300 },
  );
});

test('the seed story is one', () => {
  expect(publishedArticleSchema.parse(seedDocument())).toEqual(seedDocument());
});
