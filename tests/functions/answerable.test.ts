import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { answerable } from '../../functions/_shared/answerable.ts';

const asking = (acceptEncoding?: string) => ({
  header: (name: string) => (name === 'accept-encoding' ? acceptEncoding : undefined),
});
const reply = (body: string) => ({ status: 200, headers: { 'content-type': 'text/html' }, body });
const long = '&quot;'.repeat(1_000_000);

test.each(['', 'Short', 'é'.repeat(2_600_000)])('what Lambda can answer with goes as it is', (body) => {
  expect(answerable(asking('gzip'), reply(body))).toEqual(reply(body));
});

test('what is too long goes gzipped to whoever takes that', () => {
  const { headers, body, isBase64Encoded } = answerable(asking('br, gzip'), reply(long));
  expect({ headers, isBase64Encoded }).toEqual({
    headers: { 'content-type': 'text/html', 'content-encoding': 'gzip' },
    isBase64Encoded: true,
  });
  expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe(long);
});

test.each([undefined, 'identity', 'gzip;q=0'])('and is refused to whoever does not (%s)', (acceptEncoding) => {
  expect(() => answerable(asking(acceptEncoding), reply(long))).toThrow(
    /The answer is 6000000 bytes, and at most 5500000/,
  );
});
