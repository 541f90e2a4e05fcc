import { beforeAll, describe, expect, test } from '@jest/globals';
import { comparisonSchema } from '../../contract/schemas/comparison.ts';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { useEngine } from '../support/engine.ts';
import { useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, call, draft } = newsroom;
const edit = (article: EditorialArticle, body: object) => act('updateArticle', article, { body });

describe('a comparison of two revisions', () => {
  let article: EditorialArticle;
  beforeAll(async () => {
    article = await draft({ headline: 'Dozens dead', body: { text: 'Police shot dozens.\n\nIt rained.' } });
    article = await edit(article, { headline: 'Hundreds dead', body: { text: 'Police shot hundreds.\n\nIt rained.' } });
    article = await edit(article, { deck: 'In Almaty' });
  });
  const compare = (revision: string, query = '', headers = {}) =>
    call('compareRevisions', { path: { articleId: article.id, revision }, query, headers, role: 'contributor' });

  test('is with the one before, as JSON', async () => {
    const { json, headers } = await compare('2');
    expect(headers['content-type']).toBe('application/json');
    const { from, to, fields, body } = comparisonSchema.parse(json);
    expect({ from, to }).toEqual({ from: 1, to: 2 });
    expect(fields).toMatchObject([{ field: 'headline', before: 'Dozens dead', after: 'Hundreds dead' }]);
    expect(body).toMatchObject([{ change: 'changed', before: { index: 0 }, after: { index: 0 } }]);
  });

  test('is with any other, in either direction', async () => {
    const names = async (revision: string, query: string) =>
      (await compare(revision, query)).json.fields.map(({ field }: { field: string }) => field);
    expect(await names('3', 'from=1')).toEqual(['headline', 'deck']);
    expect((await compare('1', 'from=3')).json).toMatchObject({
      from: 3,
      to: 1,
      fields: [{ after: 'Dozens dead' }, {}],
    });
    expect((await compare('3', 'from=3')).json).toEqual({ from: 3, to: 3, fields: [], body: [] });
  });

  test('is a text for whoever asks for one', async () => {
    const { body, headers } = await compare('2', '', { accept: 'text/plain' });
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toBe(
      'Revision 1 → 2\n\nHeadline\n- [-Dozens-] dead\n+ {+Hundreds+} dead\n\nParagraph 1, changed\nPolice shot [-dozens-]{+hundreds+}.\n',
    );
    const accept = 'text/html, application/json;q=0.9, text/plain;q=0.1';
    expect((await compare('2', '', { accept })).headers['content-type']).toBe('application/json');
    expect((await compare('2', '', { accept: '*/*' })).headers['content-type']).toBe('application/json');
  });

  test.each([
    ['1', '', 404],
    ['9', '', 404],
    ['2', 'from=9', 404],
    ['2', 'from=0', 400],
    ['2', 'from=x', 400],
    ['0', '', 400],
    ['100000000', '', 400],
    ['2', 'to=1', 400],
  ])('of revision %s?%s is answered %i', async (revision, query, status) => {
    expect((await compare(revision, query)).status).toBe(status);
  });
});
