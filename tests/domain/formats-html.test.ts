import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'parse5';
import type { Body } from '../../contract/schemas/body.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { articleHtml, bodyHtml, htmlPage } from '../../domain/formats/html.ts';
import { anyBody } from '../support/any-body.ts';
import { anyDocument } from '../support/any-document.ts';
import { block, item, linkTo, span } from '../support/format-blocks.ts';
import { elementsIn, type HtmlElement, ofBlocks, ofHtml, readFragment } from '../support/marked-text.ts';
import { seedDocument } from '../support/seed-document.ts';

const context = { publicationName: 'The Paper' };
const preview = { ...context, preview: { expiresAt: '2022-01-08T12:00:00.000Z' } };

describe('a body is HTML', () => {
  test.each<[string, Body, string]>([
    ['with its text escaped', [block('<b> & "it\'s"')], '<p>&lt;b&gt; &amp; &quot;it&#39;s&quot;</p>'],
    ['with line breaks of every kind', [block('\na\r\nb\u2028c\n\nd\n ')], '<p>a<br>b<br>c<br><br>d</p>'],
    ['without blank blocks', [block(' \n'), item(''), block('a')], '<p>a</p>'],
    ['with headings', [block('a', { style: 'h2' }), block('b', { style: 'h4' })], '<h2>a</h2>\n<h4>b</h4>'],
    [
      'with quoted paragraphs together',
      [block('a', { style: 'blockquote' }), block('b', { style: 'blockquote' })],
      '<blockquote><p>a</p><p>b</p></blockquote>',
    ],
    [
      'with marks inside of each other',
      [block([span('a', 'strong'), span('b', 'em', 'strong'), span('c', 'em', 'underline', 'code')])],
      '<p><strong>a<em>b</em></strong><em><u><code>c</code></u></em></p>',
    ],
    [
      'with one link around its marks, and the first of two',
      [
        block([span('a', 'l'), span('b', 'em', 'l', 'm')], {
          markDefs: [linkTo('https://a.example/?x=1&y="2"'), linkTo('mailto:x@y.z', 'm')],
        }),
      ],
      '<p><a href="https://a.example/?x=1&amp;y=&quot;2&quot;" rel="noopener">a<em>b</em></a></p>',
    ],
    [
      'with lists in lists',
      [item('a'), item('b', 2), item('c', 4, 'number'), item('d', 2), item('e', 1), item('f', 1, 'number')],
      '<ul><li>a<ul><li>b<ol><li>c</li></ol></li><li>d</li></ul></li><li>e</li></ul>\n<ol><li>f</li></ol>',
    ],
    [
      'with levels that skip, and that begin deep',
      [item('a', 3), item('b', 1), item('c', 3), item('d', 2)],
      '<ul><li>a</li><li>b<ul><li>c</li><li>d</li></ul></li></ul>',
    ],
    [
      'with two lists in an item',
      [item('a'), item('b', 2), item('c', 2, 'number')],
      '<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li></ul>',
    ],
    [
      'with quotes and factboxes',
      [
        { _type: 'quote', _key: 'q', text: 'No.\nNever.', attribution: 'A & B' },
        { _type: 'factbox', _key: 'f', title: 'Facts', body: [item('a')] },
      ],
      '<blockquote class="quote"><p>No.<br>Never.</p><footer><cite>A &amp; B</cite></footer></blockquote>\n' +
        '<aside class="factbox"><h2>Facts</h2>\n<ul><li>a</li></ul></aside>',
    ],
    [
      'with pictures and players',
      [
        {
          _type: 'image',
          _key: 'i',
          url: 'https://a.example/i.jpg',
          alt: 'A',
          caption: 'C',
          credit: 'D',
          width: 4,
          height: 3,
        },
        { _type: 'image', _key: 'j', url: 'https://a.example/j.jpg', alt: 'A' },
        { _type: 'embed', _key: 'e', provider: 'youtube', url: 'https://youtu.be/x', caption: 'C' },
      ],
      '<figure><img src="https://a.example/i.jpg" alt="A" width="4" height="3">' +
        '<figcaption>C <small class="credit">D</small></figcaption></figure>\n' +
        '<figure><img src="https://a.example/j.jpg" alt="A"></figure>\n' +
        '<figure class="embed"><a href="https://youtu.be/x" rel="noopener">See on YouTube</a><figcaption>C</figcaption></figure>',
    ],
  ])('%s', (_, body, html) => {
    expect(bodyHtml(body)).toBe(html);
  });

  test('links related stories on its own origin only, and names them elsewhere', () => {
    const body: Body = [
      { _type: 'relatedLink', _key: 'r', articleId: '017e2f42-9600-7747-8640-000000000001', title: 'Dam' },
      { _type: 'relatedLink', _key: 's', articleId: '017e2f42-9600-7747-8640-000000000002' },
    ];
    expect(bodyHtml(body)).toBe('<p class="related">Dam</p>');
    const html = articleHtml(seedDocument({ body, language: 'es' }), context);
    const path = '/content/v1/articles/by-id/017e2f42-9600-7747-8640-00000000000';
    expect(html).toContain(`<p class="related"><a href="${path}1">Dam</a></p>`);
    expect(html).toContain(`<p class="related"><a href="${path}2">Artículo relacionado</a></p>`);
  });
});

describe('the article', () => {
  test('of the seed is said whole and in order', () => {
    const html = articleHtml(seedDocument(), context);
    const order = [
      '<article lang="en">\n<header><p class="section">Conflicts &amp; War</p><h1>Kazakh police kill ‘dozens’ of',
      '<time datetime="2022-01-06T12:00:00.000Z">January 6, 2022 at 12:00 UTC</time></p></header>',
      '<aside class="notes"><p class="advisory"><strong>Update</strong>: adds reports on Almaty explosions</p></aside>',
      '<p><span class="dateline">Nur-Sultan/Moscow Jan 6 (EFE).-</span> Several powerful explosions',
      'serious acts of vandalism.</p>\n<footer><p class="credit">EFE</p><p class="sign-off">EFE</p>',
      '<p class="copyright">© Agencia EFE, S.A.U., S.M.E.</p></footer>\n</article>',
    ].map((part) => html.indexOf(part));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(html).not.toMatch(/Related Articles|Back to top/);
  });

  test.each<[string, Partial<PublishedArticle>, string]>([
    [
      'its authors and what they are',
      {
        authors: [
          { name: 'A', role: 'editor' },
          { name: 'B', role: null },
        ],
      },
      '<p class="byline">By A (editor) and B</p>',
    ],
    ['in Spanish', { language: 'es-MX', authors: [{ name: 'A', role: null }] }, '<p class="byline">Por A</p>'],
    [
      'its last update',
      { publishedAt: '2022-01-07T00:00:00.000Z' },
      '. Updated <time datetime="2022-01-07T00:00:00.000Z">',
    ],
    [
      'what was corrected, and when',
      { notes: [{ kind: 'correction', text: 'It was\n<two>.', at: '2022-01-07T00:00:00.000Z' }] },
      '<p class="correction"><strong>Correction</strong> (<time datetime="2022-01-07T00:00:00.000Z">January 7, 2022 at 00:00 UTC</time>): It was<br>&lt;two&gt;.</p>',
    ],
    ['which way it is written', { language: 'az-Arab' }, '<article lang="az-Arab" dir="rtl">'],
    ['its dateline first of all', { body: [] }, '<p><span class="dateline">Nur-Sultan/Moscow Jan 6 (EFE).-</span></p>'],
    ['its terms', { usageTerms: 'One.\nTwo.' }, '<p class="usage-terms">One.<br>Two.</p>'],
  ])('says %s', (_, changes, html) => {
    expect(articleHtml(seedDocument(changes), context)).toContain(html);
  });

  test('of a preview says so before anything else, in a page that is not to be indexed', () => {
    const told = 'Preview, not published. This link works until January 8, 2022 at 12:00 UTC.';
    const [article] = elementsIn(readFragment(articleHtml(seedDocument(), preview)));
    const first = article?.childNodes.find((node) => 'tagName' in node);
    expect(first && ofHtml(first)).toEqual(
      expect.arrayContaining(ofHtml(readFragment(`<strong>Preview, not published.</strong>`))),
    );
    expect(
      articleHtml(seedDocument(), preview)
        .replaceAll(/<[^>]*>/g, '')
        .trim()
        .startsWith(told),
    ).toBe(true);
    expect(htmlPage(seedDocument(), preview)).toContain('<meta name="robots" content="noindex, nofollow">');
    expect(htmlPage(seedDocument(), preview)).not.toContain('canonical');
    expect(htmlPage(seedDocument(), context)).not.toContain('robots');
  });

  test('stands in a page with a title, a description and one address', () => {
    const seo = { title: 'T < U', description: 'D "E"' };
    const page = htmlPage(seedDocument({ seo, language: 'he', canonicalUrl: 'https://other.example/' }), context);
    expect(page).toMatch(/^<!doctype html>\n<html lang="he" dir="rtl">\n<head>\n<meta charset="utf-8">/);
    for (const part of ['<title>T &lt; U</title>', '<meta name="description" content="D &quot;E&quot;">'])
      expect(page).toContain(part);
    expect(page).toContain('<link rel="canonical" href="https://other.example/">');
    expect(htmlPage(seedDocument({ deck: null }), context)).not.toContain('description');
  });
});

const elements = new Set(
  'html head meta title link body article header p h1 h2 h3 h4 span strong em u code a br time figure img figcaption small aside ul ol li blockquote footer cite'.split(
    ' ',
  ),
);
const attributes = new Set('lang dir class datetime href rel src alt width height charset name content'.split(' '));
const classes =
  /^(preview|section|deck|byline|times|notes|advisory|initial|update|correction|clarification|refile|dateline|quote|factbox|embed|credit|related|sign-off|usage-terms|copyright)$/;
const visible = (text: string) => text.replaceAll(/[\s\p{Cc}\p{Noncharacter_Code_Point}]/gu, '');

const addresses = /^(https?:\/\/|mailto:|\/content\/v1\/articles\/by-id\/)/;

/** What is in an element that we would not have written. */
function strangeIn({ tagName, attrs, childNodes }: HtmlElement): string[] {
  const isEmpty = childNodes.length === 0 && !['meta', 'link', 'br', 'img'].includes(tagName);
  const strange = attrs.filter(({ name, value }) => {
    if (name === 'class') return !classes.test(value);
    if (name === 'href' || name === 'src') return !addresses.test(value);
    return !attributes.has(name);
  });
  const names = strange.map(({ name, value }) => `${tagName} ${name}=${value}`);
  return [...names, ...(elements.has(tagName) ? [] : [tagName]), ...(isEmpty ? [`empty ${tagName}`] : [])];
}

describe('whatever the text holds', () => {
  test('every character comes out as itself, with its marks', () => {
    const known = ['strong', 'em', 'underline', 'code'];
    fc.assert(
      fc.property(anyBody, (body) => {
        const blocks = body.filter((each) => each._type === 'block');
        const html = ofHtml(readFragment(bodyHtml(blocks)));
        const seen = (text: string[]) =>
          text.filter((character) => /[^\p{Z}\p{C}]/u.test(Array.from(character)[0] ?? ''));
        expect(seen(html)).toEqual(seen(ofBlocks(blocks, known)));
      }),
      { numRuns: 300 },
    );
  });

  test('nothing but our own elements and attributes is in the page, and none is empty', () => {
    fc.assert(
      fc.property(anyDocument, fc.constantFrom(context, preview), (document, given) => {
        const errors: string[] = [];
        const page = parse(htmlPage(document, given), { onParseError: ({ code }) => errors.push(code) });
        expect(errors).toEqual([]);
        expect(elementsIn(page).flatMap(strangeIn)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test('every public text is on the page, and what is the site’s own is not', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const text = visible(
          ofHtml(readFragment(articleHtml(document, context)))
            .map((character) => Array.from(character)[0])
            .join(''),
        );
        const { headline, deck, section, signOff, creditLine, usageTerms, copyrightNotice, advisory, dateline } =
          document;
        const said = [
          headline,
          deck,
          section.name,
          signOff,
          creditLine,
          usageTerms,
          copyrightNotice,
          advisory,
          dateline?.text,
        ];
        for (const each of [
          ...said,
          ...document.notes.map((note) => note.text),
          ...document.authors.map(({ name }) => name),
        ])
          expect(text).toContain(visible(each ?? ''));
        expect(text).not.toContain(visible('of the site alone'));
      }),
      { numRuns: 120 },
    );
  });

  test('feeds get whole addresses only', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        for (const { attrs } of elementsIn(readFragment(bodyHtml(body))))
          for (const { name, value } of attrs)
            if (name === 'href' || name === 'src') expect(value).toMatch(/^(https?|mailto):/);
      }),
    );
  });
});
