import { describe, expect, test } from '@jest/globals';
import { topicPageSchema } from '../../contract/schemas/topic.ts';
import { useEngine } from '../support/engine.ts';
import { type Refusal, testRefusals, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());

async function found(query: string) {
  const { status, json, headers } = await newsroom.call('listTopics', { query, role: 'contributor' });
  expect({ status, etag: headers.etag, link: headers.link }).toEqual({ status: 200 });
  return topicPageSchema.parse(json).items;
}

const war = { id: 'medtop:16000000', name: 'conflict, war and peace' };
const unrest = { id: 'medtop:20000065', name: 'civil unrest' };

describe('topics', () => {
  test('are the top level, with what is above and below them, unless something is looked for', async () => {
    const top = await found('');
    expect(top).toHaveLength(17);
    expect(top).toContainEqual({ ...war, parents: [], hasChildren: true });
    expect(top.every(({ parents }) => parents.length === 0)).toBe(true);
  });

  test('below one are its children', async () => {
    const children = await found(`parent=${war.id}`);
    expect(children).toContainEqual({ ...unrest, parents: [war], hasChildren: true });
    expect(children.every(({ parents }) => parents.length === 1 && parents[0]?.id === war.id)).toBe(true);
    expect(await found(`parent=${(await found('q=riot'))[0]?.id}`)).toEqual([]);
  });

  test.each([
    ['q=civil%20unrest', 'civil unrest'],
    ['q=CIVIL+UNR', 'civil unrest'],
    ['q=medtop:20000065', 'civil unrest'],
    ['q=20000065', 'civil unrest'],
    [`q=riot&parent=${war.id}`, 'riot'],
    ['q=r%C3%ADot', 'riot'],
  ])('?%s finds %s first', async (query, name) => {
    const [best] = await found(query);
    expect(best).toMatchObject({ name, parents: expect.arrayContaining([war]) });
  });

  test('are as many as were asked for', async () => {
    expect(await found('q=sport&limit=3')).toHaveLength(3);
    expect(await found('q=sport&limit=100')).not.toHaveLength(3);
    expect(await found(`q=riot&parent=medtop:01000000`)).toEqual([]);
    expect(await found('q=%F0%9F%98%80')).toEqual([]);
    expect(await found('q=nothinglikethis')).toEqual([]);
  });
});

describe('bad input', () => {
  const bad = (name: string, query: string, pointer: string): Refusal => ({
    name,
    call: { query },
    status: 400,
    code: 'invalid_request',
    pointer,
  });
  testRefusals(newsroom, 'listTopics', [
    bad('a query that is too long', `q=${'x'.repeat(101)}`, '?q'),
    bad('a parent that is no topic', 'parent=war', '?parent'),
    bad('a parent that nothing is', 'parent=medtop:99999999', '?parent'),
    bad('a limit of 0', 'limit=0', '?limit'),
    bad('a limit of 101', 'limit=101', '?limit'),
    bad('a cursor, for there is no next page', 'cursor=abc', '?cursor'),
    { name: 'somebody without a role', call: { role: 'none' }, status: 403, code: 'forbidden' },
  ]);
});
