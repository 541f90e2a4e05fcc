import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formats } from '../../contract/formats.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { articleJsonLd } from '../../domain/formats/jsonld.ts';
import { articleNinjs, ninjsOfKilled } from '../../domain/formats/ninjs.ts';
import { renderArticle } from '../../domain/formats/render.ts';
import { strictUri } from '../../domain/formats/strict-uri.ts';
import { anyWebUrl } from '../support/any-body.ts';
import { anyDocument } from '../support/any-document.ts';
import { block } from '../support/format-blocks.ts';
import { ninjsProblems } from '../support/ninjs-validator.ts';
import { seedDocument } from '../support/seed-document.ts';

const context = { publicationName: 'The Paper' };
const preview = { ...context, preview: { expiresAt: '2022-01-08T12:00:00.000Z' } };
const uri = 'urn:uuid:017e2f42-9600-7747-8640-eaf09766caae';
const at = '2022-01-07T10:00:00.000Z';

const changes: Partial<PublishedArticle> = {
  deck: 'A deck',
  authors: [
    { name: 'A', role: 'editor' },
    { name: 'B', role: null },
  ],
  image: { url: 'https://a.example/ü|', alt: 'A dam', caption: 'It held.', credit: 'C', width: 4, height: 3 },
  notes: [
    { kind: 'correction', text: 'It was two.', at },
    { kind: 'update', text: 'More.', at },
  ],
  seo: { title: 'T', description: 'D' },
  tags: ['War'],
  people: ['Tokayev'],
  organisations: ['CSTO'],
  publishedAt: at,
  version: 2,
  urgency: 1,
  canonicalUrl: 'https://other.example/',
};

describe('ninjs', () => {
  const ninjs = (document = {}, given = context) => JSON.parse(articleNinjs(seedDocument(document), given));

  test('has the story in the properties of the standard', () => {
    expect(ninjs(changes)).toMatchObject({
      uri,
      type: 'text',
      representationType: 'full',
      version: '2',
      pubStatus: 'usable',
      firstCreated: '2022-01-06T12:00:00.000Z',
      versionCreated: at,
      urgency: 1,
      language: 'en',
      headlines: [
        { role: 'main', contentType: 'text/plain', value: expect.stringContaining('‘dozens’') },
        { role: 'seo', value: 'T' },
      ],
      descriptions: [
        { role: 'summary', value: 'A deck' },
        { role: 'seo', value: 'D' },
      ],
      by: 'By A (editor) and B',
      slugline: 'Kazakhstan-Unrest',
      located: 'Nur-Sultan/Moscow',
      edNote: 'Update: adds reports on Almaty explosions\nCorrection: It was two.\nUpdate: More.',
      people: [{ name: 'Tokayev' }],
      organisations: [{ name: 'CSTO' }],
      places: [{ name: 'Almaty' }, { name: 'Nur-Sultan' }, { name: 'Kazakhstan' }],
      infoSources: [
        { name: 'EFE', role: 'agency' },
        { name: 'EFE', role: 'credit' },
        { name: 'The Paper', role: 'publisher' },
      ],
      copyrightNotice: '© Agencia EFE, S.A.U., S.M.E.',
      altIds: [{ role: 'slug' }, { role: 'url' }, { role: 'canonical', value: 'https://other.example/' }],
    });
  });

  test('has its bodies as HTML and as text, its topics by their addresses and its picture beside it', () => {
    const { bodies, subjects, associations } = ninjs(changes);
    expect(bodies).toMatchObject([
      {
        contentType: 'text/html',
        value: expect.stringMatching(/^<p><span class="dateline">Nur-Sultan\/Moscow Jan 6 \(EFE\)\.-<\/span> Several/),
      },
      {
        contentType: 'text/plain',
        value: expect.stringMatching(/^Nur-Sultan\/Moscow Jan 6 \(EFE\)\.- Several(?:.|\n)*vandalism\.$/),
        wordCount: seedDocument().wordCount,
      },
    ]);
    expect(subjects).toContainEqual({
      name: 'civil unrest',
      rel: 'about',
      uri: 'http://cv.iptc.org/newscodes/mediatopic/20000065',
      literal: 'medtop:20000065',
    });
    expect(subjects).toContainEqual({ name: 'Conflicts & War', rel: 'section', literal: 'conflicts-and-war' });
    expect(associations).toEqual([
      {
        name: 'lead image',
        rel: 'lead',
        uri: 'https://a.example/%C3%BC%7C',
        type: 'picture',
        descriptions: [
          { role: 'caption', contentType: 'text/plain', value: 'It held.' },
          { role: 'alt', contentType: 'text/plain', value: 'A dam' },
        ],
        by: 'C',
        renditions: [{ name: 'main', href: 'https://a.example/%C3%BC%7C', width: 4, height: 3 }],
      },
    ]);
  });

  test('withholds a preview, and says until when it can be had', () => {
    const { pubStatus, edNote } = ninjs({}, preview);
    expect(pubStatus).toBe('withheld');
    expect(edNote).toMatch(/^\[Preview, not published\. This link works until January 8, 2022 at 12:00 UTC\.\]\n/);
  });

  test.each([
    [null, undefined],
    ['Dam holds', [{ role: 'main', contentType: 'text/plain', value: 'Dam holds' }]],
  ])('cancels a killed story, with headline %j', (headline, headlines) => {
    const killed = { articleId: seedDocument().id, version: 3, killedAt: at, notice: 'It was false.', headline };
    const text = ninjsOfKilled(killed, context);
    expect(ninjsProblems(text)).toEqual([]);
    const told = JSON.parse(text);
    expect(told).toMatchObject({
      uri,
      version: '3',
      pubStatus: 'canceled',
      versionCreated: at,
      edNote: 'It was false.',
    });
    expect(told.headlines).toEqual(headlines);
    expect(told).not.toHaveProperty('bodies');
    expect(JSON.parse(ninjsOfKilled({ ...killed, language: 'es' }, context))).toHaveProperty('language', 'es');
  });

  test('is what the IPTC’s schema allows, for the seed and for any story', () => {
    expect(ninjsProblems(articleNinjs(seedDocument(changes), context))).toEqual([]);
    expect(ninjsProblems('{"uri": "urn:uuid:1", "headline": "Not of this version"}')).not.toEqual([]);
    fc.assert(
      fc.property(anyDocument, fc.constantFrom(context, preview), (document, given) => {
        const text = articleNinjs(document, given);
        expect(ninjsProblems(text)).toEqual([]);
        expect(text).not.toContain('of the site alone');
      }),
      { numRuns: 100 },
    );
  });

  test('has web addresses as RFC 3986 spells them, and those that are so as they are', () => {
    expect(strictUri('https://example.org/%C3%BC?a=b&c#d')).toBe('https://example.org/%C3%BC?a=b&c#d');
    fc.assert(
      fc.property(anyWebUrl, (url) => {
        expect(strictUri(url)).toMatch(/^https?:\/\/[\w.\-:[\]]+(%[\dA-F]{2}|[\w\-.~:/?#@!$&'()*+,;=])*$/);
      }),
    );
  });
});

describe('JSON-LD', () => {
  const jsonld = (document = {}, given = context) => JSON.parse(articleJsonLd(seedDocument(document), given));
  const url = seedDocument().url;

  test('has what search engines ask for, and what schema.org has for news', () => {
    expect(jsonld(changes)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      '@id': url,
      url,
      mainEntityOfPage: { '@type': 'WebPage', '@id': 'https://other.example/' },
      headline: expect.stringContaining('‘dozens’'),
      alternativeHeadline: 'T',
      description: 'D',
      image: [
        {
          '@type': 'ImageObject',
          url: 'https://a.example/ü|',
          width: 4,
          height: 3,
          caption: 'It held.',
          creditText: 'C',
        },
      ],
      datePublished: '2022-01-06T12:00:00.000Z',
      dateModified: at,
      author: [
        { '@type': 'Person', name: 'A', jobTitle: 'editor' },
        { '@type': 'Person', name: 'B' },
      ],
      publisher: { '@type': 'Organization', name: 'The Paper' },
      sourceOrganization: { '@type': 'Organization', name: 'EFE' },
      dateline: 'Nur-Sultan/Moscow Jan 6 (EFE).-',
      correction: [{ '@type': 'CorrectionComment', text: 'It was two.', datePublished: at }],
      articleSection: 'Conflicts & War',
      keywords: ['War'],
      mentions: [
        { '@type': 'Person', name: 'Tokayev' },
        { '@type': 'Organization', name: 'CSTO' },
      ],
      contentLocation: [{ name: 'Almaty' }, { name: 'Nur-Sultan' }, { name: 'Kazakhstan' }],
      inLanguage: 'en',
      wordCount: seedDocument().wordCount,
      articleBody: expect.stringMatching(/^Nur-Sultan\/Moscow Jan 6 \(EFE\)\.- Several(?:.|\n)*vandalism\.$/),
      creditText: 'EFE',
      copyrightNotice: '© Agencia EFE, S.A.U., S.M.E.',
    });
    expect(jsonld().about).toContainEqual({
      '@type': 'Thing',
      name: 'civil unrest',
      sameAs: 'http://cv.iptc.org/newscodes/mediatopic/20000065',
    });
  });

  test.each<[string, Partial<PublishedArticle>, Record<string, unknown>]>([
    ['an agency for an author', {}, { author: [{ '@type': 'Organization', name: 'EFE' }] }],
    [
      'the publication where there is no agency',
      { agency: null },
      { author: [{ '@type': 'Organization', name: 'The Paper' }] },
    ],
    [
      'what it translates',
      { translationOf: seedDocument().id },
      { translationOfWork: { '@type': 'NewsArticle', identifier: uri } },
    ],
    ['terms that have an address', { usageTerms: 'https://a.example/terms' }, { usageInfo: 'https://a.example/terms' }],
  ])('has %s', (_, document, expected) => {
    expect(jsonld(document)).toMatchObject(expected);
  });

  test('is a draft in a preview, and only there', () => {
    expect(jsonld({}, preview)).toHaveProperty('creativeWorkStatus', 'Draft');
    expect(jsonld()).not.toHaveProperty('creativeWorkStatus');
    expect(jsonld({ usageTerms: 'Ask.' })).not.toHaveProperty('usageInfo');
  });

  test('can stand in a script, whatever the text holds, with every field that is asked for and none empty', () => {
    const asked = ['headline', 'datePublished', 'dateModified', 'author', 'publisher', 'mainEntityOfPage'];
    fc.assert(
      fc.property(anyDocument, (document) => {
        const text = articleJsonLd(document, context);
        expect(text).not.toMatch(/<|of the site alone/);
        const read = JSON.parse(text);
        for (const field of [...asked, ...(document.image ? ['image'] : [])]) expect(read[field]).toBeTruthy();
        for (const value of Object.values(read)) expect([null, '', []]).not.toContainEqual(value);
        expect(read.headline).toBe(document.headline);
        for (const date of [read.datePublished, read.dateModified])
          expect(date).toMatch(/^\d{4}-.*T.*(Z|[+-]\d\d:\d\d)$/);
      }),
      { numRuns: 100 },
    );
    expect(articleJsonLd(seedDocument({ body: [block('</script><!--')] }), context)).toContain(
      '\\u003c/script>\\u003c!--',
    );
  });
});

test.each([
  ['html', 'text/html; charset=utf-8', '<!doctype html>'],
  ['markdown', 'text/markdown; charset=utf-8', 'Conflicts & War'],
  ['text', 'text/plain; charset=utf-8', 'Conflicts & War'],
  ['wire', 'text/plain; charset=utf-8', 'Conflicts & War'],
  ['ninjs', 'application/json', '{"uri":'],
  ['jsonld', 'application/ld+json', '{"@context":'],
] as const)('%s is %s', (format, mediaType, start) => {
  const rendered = renderArticle(seedDocument(), format, context);
  expect(rendered.mediaType).toBe(mediaType);
  expect(rendered.body.startsWith(start)).toBe(true);
  expect(rendered.mediaType.startsWith(formats[format] ?? '')).toBe(true);
});
