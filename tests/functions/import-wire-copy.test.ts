import { expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const desk = useDesk(useEngine());

const copy = `World

Ferries stay in port as storm nears

(Updates with minister's comment)

LISBON/MADRID, March 3 (Reuters) - Ferries stayed in port on Thursday.

"Nobody sails," the minister said.

(Reporting by A. Writer; Editing by B. Editor)

Related Articles

Storm kills two in Azores

Port of Sines closes

Back to top button
`;

test('every line of the copy comes back to whoever sent it', async () => {
  const answer = await desk.call('importWireCopy', { body: copy, query: 'year=2022' });
  expect(answer.status).toBe(201);
  expect(answer.json.related).toEqual(['Storm kills two in Azores', 'Port of Sines closes']);
  const said = answer.body
    .replaceAll(/\\"/g, '"')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase();
  for (const line of copy.split('\n').filter(Boolean))
    for (const word of line
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .toLowerCase()
      .trim()
      .split(' '))
      expect(said).toContain(word);
});

test('a date without a year is the latest that is not in the future', async () => {
  const today = new Date();
  const tomorrow = new Date(today.getTime() + 24 * 60 * 60 * 1000);
  const filed = async (date: Date) => {
    const day = new Intl.DateTimeFormat('en', { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(date);
    const { json } = await desk.call('importWireCopy', { body: `Headline\n\nALMATY, ${day} (Reuters) - Text.\n` });
    return json.article.dateline.date;
  };
  expect(await filed(today)).toBe(today.toISOString().slice(0, 10));
  const later = await filed(tomorrow);
  expect(later < today.toISOString().slice(0, 10)).toBe(true);
  expect(later.slice(4)).toBe(tomorrow.toISOString().slice(4, 10));
});

test('a section that the newsroom does not have is named in a warning, not guessed', async () => {
  const { json } = await desk.call('importWireCopy', { body: copy.replace('World', 'Oddities'), query: 'year=2022' });
  expect(json.article.section).toBeNull();
  expect(json.warnings[0].text).toContain('Oddities');
});
