import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import type { Call } from '../support/desk.ts';
import { iso } from './clock.ts';
import type { Article, Content } from './model.ts';
import type { Person } from './words.ts';

export type Patch = Partial<Content>;
export type Publishing = { kind: PublicationKind | undefined; note: string | undefined; bump: boolean | undefined };

/** An article and the version of it that whoever asks has seen. */
type OnArticle = { article: Article; basedOn: number };

type Asked =
  | { act: 'create'; patch: Patch }
  | ({ act: 'update'; patch: Patch } & OnArticle)
  | ({ act: 'revert'; revision: number } & OnArticle)
  | ({ act: 'submit' | 'return' | 'approve'; note: string | undefined } & OnArticle)
  | ({ act: 'schedule'; publishAt: number | undefined; unpublishAt: number | null | undefined } & Publishing &
      OnArticle)
  | ({ act: 'publish' } & Publishing & OnArticle)
  | ({ act: 'kill'; notice: string; keepHeadline: boolean } & OnArticle)
  | ({ act: 'lock'; minutes: number } & OnArticle)
  | ({ act: 'unschedule' | 'unpublish' | 'trash' | 'restore' | 'purge' | 'unlock' } & OnArticle)
  /** `basedOn` is null for a section that is to be new. */
  | { act: 'nameSection'; section: string; name: string; basedOn: number | null }
  | { act: 'mergeSection'; section: string; into: string; basedOn: number }
  | { act: 'deleteSection'; section: string; basedOn: number };

/** What somebody asks for; `key` is an Idempotency-Key, for `create` and `publish`. */
export type Request = Asked & { who: Person; key?: string | undefined };
export type Act = Request['act'];
export type RequestOf<A extends Act> = Extract<Asked, { act: A }> & { who: Person; key?: string | undefined };

/** The article that a request is about, if it is about one that is there. */
export const articleIn = (request: Request): Article | undefined =>
  'article' in request ? request.article : undefined;

type RouteId = Parameters<import('../support/desk.ts').Desk['call']>[0];

const routeOf: Readonly<Record<Act, RouteId>> = {
  create: 'createArticle',
  update: 'updateArticle',
  revert: 'revertArticle',
  submit: 'submitArticle',
  return: 'returnArticle',
  approve: 'approveArticle',
  schedule: 'scheduleArticle',
  unschedule: 'unscheduleArticle',
  publish: 'publishArticle',
  unpublish: 'unpublishArticle',
  kill: 'killArticle',
  trash: 'trashArticle',
  restore: 'restoreArticle',
  purge: 'purgeArticle',
  lock: 'lockArticle',
  unlock: 'unlockArticle',
  nameSection: 'putSection',
  mergeSection: 'deleteSection',
  deleteSection: 'deleteSection',
};

/** The request as it is sent: sent again, it is the same to the byte. */
export function callOf(request: Request): [RouteId, Call] {
  const { who, act, key } = request;
  return [
    routeOf[act],
    {
      role: who.role,
      name: who.name,
      path: pathOf(request),
      headers: { ...preconditionOf(request), ...(key ? { 'idempotency-key': key } : {}) },
      ...(act === 'mergeSection' ? { query: `mergeInto=${request.into}` } : {}),
      ...bodyOf(request),
    },
  ];
}

function pathOf(request: Request): Record<string, string> {
  if ('section' in request) return { section: request.section };
  const articleId = articleIn(request)?.id;
  return {
    ...(articleId ? { articleId } : {}),
    ...(request.act === 'revert' ? { revision: String(request.revision) } : {}),
  };
}

function preconditionOf(request: Request): Record<string, string> {
  if (!('basedOn' in request)) return {};
  return request.basedOn === null ? { 'if-none-match': '*' } : { 'if-match': `"${request.basedOn}"` };
}

function bodyOf(request: Request): { body?: object } {
  switch (request.act) {
    case 'create':
    case 'update':
      return { body: patchBody(request.patch) };
    case 'submit':
    case 'return':
    case 'approve':
      return { body: given({ note: request.note }) };
    case 'schedule': {
      const { publishAt, unpublishAt, kind, note, bump } = request;
      const times = { publishAt: publishAt && iso(publishAt), unpublishAt: unpublishAt && iso(unpublishAt) };
      return { body: given({ ...times, kind, note, bump }) };
    }
    case 'publish':
      return { body: given({ kind: request.kind, note: request.note, bump: request.bump }) };
    case 'kill':
      return { body: { notice: request.notice, keepHeadline: request.keepHeadline } };
    case 'lock':
      return { body: { minutes: request.minutes } };
    case 'nameSection':
      return { body: { name: request.name } };
    default:
      return {};
  }
}

function patchBody({ body, authors, ...others }: Patch): object {
  return given({
    ...others,
    body: body && { text: body },
    authors: authors?.map((name) => ({ name })),
  });
}

const given = (fields: object): object => JSON.parse(JSON.stringify(fields));
