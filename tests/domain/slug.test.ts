import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { articleSchema } from '../../contract/schemas/article.ts';
import { slugFrom } from '../../domain/slug.ts';

test.each([
  ['Conflicts & War', 'conflicts-and-war'],
  ['Kazakh police kill ‘dozens’ of protesters', 'kazakh-police-kill-dozens-of-protesters'],
  ['“O’Neill’s” año: ¡niño! 50% – done', 'oneills-ano-nino-50-done'],
  ['Мирные протесты в Алматы', 'mirnye-protesty-v-almaty'],
  ['احتجاجات في ألماتي', 'ahtjajat-fy-almaty'],
  ['Łódź, Größe, Çeşme', 'lodz-groesse-cesme'],
  ['iPhone and OpenAI', 'iphone-and-openai'],
  ['e\u0301te\u0301', 'ete'],
  // Where articles are found by their ids.
  ['By ID', 'by-id-1'],
  ['東京で地震', ''],
  ['—…!', ''],
  ['', ''],
])('the slug of %j is %j', (headline, expected) => {
  expect(slugFrom(headline)).toBe(expected);
});

test('a long headline is cut between words', () => {
  const words = slugFrom('The minister of public works and transport '.repeat(10)).split('-');
  expect(words.join('-').length).toBeLessThanOrEqual(100);
  expect(['the', 'minister', 'of', 'public', 'works', 'and', 'transport']).toContain(words.at(-1));
});

test('any text gives a slug that the contract takes, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const made = slugFrom(text);
      expect(made === '' || articleSchema.shape.slug.safeParse(made).success).toBe(true);
    }),
  );
});
