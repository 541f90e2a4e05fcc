import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { EditorialArticle, EditorialSummary } from '../../contract/schemas/editorial-article.ts';
import type { PublishedArticle, PublishedSummary } from '../../contract/schemas/published-article.ts';
import { articles, ifMatch, published } from './desk.ts';
import { projectStory } from './seeds.ts';
import type { Answer } from './stage.ts';
import type { Trial } from './trial.ts';

/** From a draft to a page, as the README walks it, through the deployed APIs. */
export async function journey(trial: Trial): Promise<void> {
  const { report } = trial;
  report.begin('From a draft to a page');
  await report.check('the seeded story is listed, and every paragraph of its file is in its page', () =>
    assertSeedIsPublic(trial),
  );
  await report.check('an administrator is made by command, sees who there is, and gives somebody a role', () =>
    assertPeopleAreRun(trial),
  );
  const key = randomUUID();
  let draft: EditorialArticle | undefined;
  await report.check('a contributor creates a draft, which is not public', async () => {
    draft = await createDraft(trial, key);
  });
  if (!draft) return;
  const created = draft;
  await report.check('the same request again gives the same article, and makes no second one', () =>
    assertIdempotent(trial, key, created),
  );
  await report.check('a contributor may not publish, and nobody without a role may write', () =>
    assertRolesHold(trial, created),
  );
  await report.check('an editor publishes it, and a frontend reads it: gzipped, with an ETag, and then 304', () =>
    assertPublishedAndRead(trial, created),
  );
  await report.check('a change that is based on an old version gets 412, and changes nothing', () =>
    assertStaleIsRefused(trial, created),
  );
  await report.check('agency copy is imported, and each line of it accounted for', () => assertImports(trial));
}

async function assertSeedIsPublic({ stage, desk, project }: Trial): Promise<void> {
  const { json: page } = await stage.content<{ items: PublishedSummary[] }>(published);
  assert.ok(
    page.items.some(({ id }) => id === projectStory.id),
    `It is not in the listing of ${page.items.length}.`,
  );
  const { status, json } = await desk.page(projectStory.slug);
  assert.equal(status, 200);
  const shown = plainText([json.headline, json.body]);
  // The dateline before the first paragraph and the sign-off after the last one are fields of their own.
  const [, headline = '', , ...paragraphs] = (await project.read(`seeds/${projectStory.file}`)).trim().split(/\n\n+/);
  assert.equal(json.headline, headline);
  const prose = paragraphs.slice(1).filter((paragraph) => paragraph.length > 80);
  assert.ok(prose.length > 10, `Only ${prose.length} paragraphs of the seed's file are prose.`);
  for (const paragraph of prose) {
    const text = paragraph.replace(/ EFE$/, '');
    assert.ok(shown.includes(text), `Its page lacks: ${text}`);
  }
}

/** Every text in a JSON value, in order; what is cut into spans is whole again. */
function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  if ('text' in value) return String(value.text);
  return Object.values(value).map(plainText).join('');
}

async function assertPeopleAreRun({ people, stage }: Trial): Promise<void> {
  const carla = await people.join('carla', 'admin');
  assert.equal((await stage.editorial(articles, { token: carla.token })).status, 200);
  await people.join('dan', 'contributor');
  const { code } = await people.admin(['set-role', '--name', 'dan', '--role', 'editor']);
  assert.equal(code, 0);
  const { stdout } = await people.admin(['list-users']);
  assert.match(stdout, /^carla +admin /m);
  assert.match(stdout, /^dan +editor /m);
}

const story = {
  headline: 'Dam holds as river rises',
  section: 'world',
  internalNote: 'call the ministry again',
  body: { markdown: `The dam *held*, officials said.\n\n${'It held through the night. '.repeat(60)}` },
};
const slug = 'dam-holds-as-river-rises';

async function createDraft({ stage, cast, desk }: Trial, key: string): Promise<EditorialArticle> {
  const { token } = cast.contributor;
  const headers = { 'idempotency-key': key };
  const answer = await stage.editorial<EditorialArticle>(articles, { token, headers, body: story });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.headers.get('etag'), '"1"');
  assert.equal(answer.headers.get('location'), `${articles}/${answer.json.id}`);
  assert.equal(answer.json.createdBy.username, cast.contributor.name);
  assert.equal((await desk.page(slug)).status, 404);
  return answer.json;
}

async function assertIdempotent(
  { stage, cast }: Trial,
  key: string,
  { id, headline }: EditorialArticle,
): Promise<void> {
  const { token } = cast.contributor;
  const headers = { 'idempotency-key': key };
  const again = await stage.editorial<EditorialArticle>(articles, { token, headers, body: story });
  assert.deepEqual([again.status, again.json.id], [201, id]);
  const other = await stage.editorial(articles, { token, headers, body: { ...story, headline: 'Dam breaks' } });
  assert.deepEqual([other.status, other.json.code], [422, 'idempotency_key_reused']);
  const { json } = await stage.editorial<{ items: EditorialSummary[] }>(`${articles}?stage=draft&limit=100`, { token });
  assert.equal(json.items.filter((item) => item.headline === headline).length, 1);
}

async function assertRolesHold({ stage, cast, people, aws }: Trial, draft: EditorialArticle): Promise<void> {
  const publish = `${articles}/${draft.id}/publish`;
  const forbidden = await stage.editorial(publish, {
    method: 'POST',
    token: cast.contributor.token,
    headers: ifMatch(draft),
  });
  assert.deepEqual([forbidden.status, forbidden.json.code], [403, 'forbidden']);
  const { AdminRemoveUserFromGroupCommand } = await import('@aws-sdk/client-cognito-identity-provider');
  const eve = await people.join('eve', 'contributor');
  await aws.cognito.send(
    new AdminRemoveUserFromGroupCommand({
      UserPoolId: stage.outputs.UserPoolId,
      Username: eve.name,
      GroupName: 'contributor',
    }),
  );
  const token = await people.tokenOf(eve.name, eve.password);
  assert.equal((await stage.editorial(articles, { token, body: story })).status, 403);
  assert.equal((await stage.editorial(articles, { token })).status, 403);
}

async function assertPublishedAndRead({ stage, desk, cast }: Trial, draft: EditorialArticle): Promise<void> {
  const live = await desk.publish(cast.editor, draft);
  assert.deepEqual([live.stage, live.version, live.publication?.state], ['published', 2, 'live']);
  const page = await desk.page(slug);
  assert.deepEqual([page.status, page.json.headline, page.json.revision], [200, story.headline, 1]);
  assert.equal(page.headers.get('content-encoding'), 'gzip');
  assert.match(page.headers.get('cache-control') ?? '', /^public, max-age=\d+/);
  assert.doesNotMatch(page.text, /ministry/);
  const etag = page.headers.get('etag') ?? '';
  const path = `${published}/${slug}`;
  const plain = await stage.content<PublishedArticle>(path, { headers: { 'accept-encoding': 'identity' } });
  assert.deepEqual([plain.headers.get('content-encoding'), plain.text], [null, page.text]);
  const known: Answer = await stage.content(path, { headers: { 'if-none-match': etag } });
  assert.deepEqual([known.status, known.text, known.headers.get('etag')], [304, '', etag]);
  const head = await stage.content(path, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('etag')], [200, etag]);
}

async function assertStaleIsRefused({ stage, desk, cast }: Trial, draft: EditorialArticle): Promise<void> {
  const before = await desk.get(cast.editor, draft.id);
  const stale = await stage.editorial(`${articles}/${draft.id}`, {
    method: 'PATCH',
    token: cast.editor.token,
    headers: { ...ifMatch(draft), 'content-type': 'application/merge-patch+json' },
    body: { deck: 'Nobody may read this' },
  });
  assert.deepEqual([stale.status, stale.json.code], [412, 'version_conflict']);
  assert.deepEqual(await desk.get(cast.editor, draft.id), before);
}

async function assertImports({ stage, cast }: Trial): Promise<void> {
  const copy = 'World\n\nTrains run again\n\nALMATY, Jan 12 (Reuters) - Trains ran again on Wednesday.\n\nShare this\n';
  const answer = await stage.editorial<{ article: EditorialArticle; dropped: unknown[] }>(
    `${articles}/import?year=2022`,
    {
      token: cast.contributor.token,
      headers: { 'content-type': 'text/plain' },
      body: copy,
    },
  );
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual([answer.json.article.headline, answer.json.dropped.length], ['Trains run again', 1]);
}
