import { expect, test } from '@jest/globals';
import { startOptions } from '../../local/start-options.ts';

test('keeps the data in .dateline and says nothing else without being told', () => {
  const { options, watch } = startOptions([], {});
  expect(options.dataFolder).toMatch(/\.dateline$/);
  expect([watch, options.port, options.host, options.databaseEndpoint]).toEqual([
    false,
    undefined,
    undefined,
    undefined,
  ]);
});

test('takes what the environment and the command line say', () => {
  const environment = {
    PORT: '0',
    HOST: '0.0.0.0',
    DATELINE_DATA: ':memory:',
    DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
    SITE_URL_TEMPLATE: 'https://example.com/{slug}',
    EDITORIAL_ORIGINS: 'http://a.example, http://b.example',
  };
  expect(startOptions(['--watch'], environment)).toMatchObject({
    watch: true,
    options: {
      port: 0,
      host: '0.0.0.0',
      dataFolder: ':memory:',
      databaseEndpoint: 'http://127.0.0.1:8000',
      publication: { siteUrlTemplate: 'https://example.com/{slug}' },
      editorialOrigins: ['http://a.example', 'http://b.example'],
    },
  });
});

test.each([
  [['--wach'], {}, /There is no option --wach/],
  [[], { PORT: 'http' }, 'PORT must be a number from 0 to 65535, and it is "http".'],
  [[], { PORT: '65536' }, 'PORT must be a number from 0 to 65535, and it is "65536".'],
  [[], { DYNAMODB_ENDPOINT: 'localhost:8000' }, /DYNAMODB_ENDPOINT must be an address like/],
])('refuses %j with %j in one sentence', (args, environment, message) => {
  expect(() => startOptions(args, environment)).toThrow(message);
});
