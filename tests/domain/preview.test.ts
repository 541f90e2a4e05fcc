import { describe, expect, test } from '@jest/globals';
import { previewArticleSchema } from '../../contract/schemas/preview.ts';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { createCopy } from '../../domain/article/edit.ts';
import { type PreviewOptions, previewDocument, unfiled } from '../../domain/article/preview.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import type { WorkingCopy } from '../../domain/article/working-copy.ts';
import { as, at, draft, edited, id, now, published, publishing, scheduled, through, world } from './article-states.ts';

const siteUrlTemplate = 'https://news.example/{section}/{language}/{slug}?id={id}';
const later = new Date('2026-01-02T00:00:00Z');
const preview = (copy: WorkingCopy, more: Partial<PreviewOptions> = {}) =>
  previewDocument(copy, { section: world, siteUrlTemplate, killed: new Set(), now, ...more });

describe('the document of a preview', () => {
  const corrected = published(edited(published()), { kind: 'correction', note: 'It was two.' });
  test.each([
    ['a draft', draft()],
    ['a draft with an address of its own', draft({ slug: 'of-its-own' })],
    ['a draft whose headline gives no slug', draft({ headline: '新闻' })],
    ['what is in review', through(draft(), 'submit')],
    ['what is approved', through(draft(), 'submit', 'approve')],
    ['a scheduled story', scheduled(draft())],
    ['a live story that was edited', edited(published())],
    ['a withdrawn story', through(published(), 'unpublish')],
    ['a corrected story', edited(corrected)],
  ])('of %s is what publishing it then gives', (_, copy) => {
    const { document } = decidePublication(copy, publishing(copy, { now: later }));
    expect(preview(copy, { now: later })).toEqual(document);
  });

  test('of what is live and unchanged counts the version that it would be', () => {
    const live = published();
    expect(preview(live, { now: later })).toMatchObject({
      version: 2,
      firstPublishedAt: now.toISOString(),
      publishedAt: later.toISOString(),
    });
  });

  test('keeps the notes that readers were told, and invents none', () => {
    expect(preview(edited(corrected)).notes.map(({ text }) => text)).toEqual(['It was two.']);
    expect(preview(draft()).notes).toEqual([]);
  });

  test('shows what is under embargo', () => {
    const copy = draft({ embargoUntil: at('13:00', '2027-01-01') });
    expect(preview(copy)).toMatchObject({ headline: 'H' });
    expect(JSON.stringify(preview(copy))).not.toContain('2027');
  });

  test('leaves open what a draft lacks, and still is a document of the contract', () => {
    const article = patchArticle(blankArticle('en'), { headline: 'Only this' });
    const copy = createCopy({ id, article, action: 'create', caller: as('contributor'), now }).copy;
    const document = preview(copy, { section: undefined });
    expect(document).toMatchObject({
      section: unfiled,
      slug: 'only-this',
      url: `https://news.example/unfiled/en/only-this?id=${id}`,
      body: [],
      wordCount: 0,
    });
    const answer = { ...document, preview: { expiresAt: later.toISOString() } };
    expect(previewArticleSchema.safeParse(answer).error).toBeUndefined();
  });

  test('holds nothing that is not public', () => {
    const copy = draft({ internalNote: 'ask-first', extras: { private: 'line-12', public: { shown: true } } });
    const document = preview(copy);
    expect(document.extras).toEqual({ shown: true });
    expect(JSON.stringify(document)).not.toMatch(/ask-first|line-12|sub-/);
  });

  test('points at no story that was killed', () => {
    const [gone, kept] = ['017e2f42-9600-7747-8640-000000000001', '017e2f42-9600-7747-8640-000000000002'] as const;
    const body = [gone, kept].map((articleId, index) => ({ _type: 'relatedLink', _key: `l${index}`, articleId }));
    const document = preview(draft({ related: [gone, kept], body }), { killed: new Set([gone]) });
    expect(document.related).toEqual([kept]);
    expect(document.body.map(({ _key }) => _key)).toEqual(['l1']);
  });
});
