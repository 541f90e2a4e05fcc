import assert from 'node:assert/strict';
import type { KillRequest, PublishRequest, ScheduleRequest } from '../../contract/schemas/action-requests.ts';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import type { Person } from './people.ts';
import type { Answer, Stage } from './stage.ts';

export const articles = '/editorial/v1/articles';
export const published = '/content/v1/articles';

/** An edit, loosely: older commits are asked too. */
export type Fields = Record<string, unknown>;

/** Work at the newsroom's desk. Each call has to go well, and gives the article as it is then. */
export class Desk {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async create({ token }: Person, body: Fields): Promise<EditorialArticle> {
    return this.#article(201, await this.#stage.editorial(articles, { token, body }));
  }

  async get({ token }: Person, id: string): Promise<EditorialArticle> {
    return this.#article(200, await this.#stage.editorial(`${articles}/${id}`, { token }));
  }

  async change({ token }: Person, article: EditorialArticle, body: Fields): Promise<EditorialArticle> {
    const headers = { ...ifMatch(article), 'content-type': 'application/merge-patch+json' };
    const call = { method: 'PATCH', token, headers, body } as const;
    return this.#article(200, await this.#stage.editorial(`${articles}/${article.id}`, call));
  }

  async publish({ token }: Person, article: EditorialArticle, body: PublishRequest = {}): Promise<EditorialArticle> {
    const call = { token, headers: ifMatch(article), body };
    return this.#article(200, await this.#stage.editorial(`${articles}/${article.id}/publish`, call));
  }

  async schedule({ token }: Person, article: EditorialArticle, body: ScheduleRequest): Promise<EditorialArticle> {
    const call = { token, headers: ifMatch(article), body };
    return this.#article(200, await this.#stage.editorial(`${articles}/${article.id}/schedule`, call));
  }

  async kill({ token }: Person, article: EditorialArticle, body: KillRequest): Promise<EditorialArticle> {
    const call = { token, headers: ifMatch(article), body };
    return this.#article(200, await this.#stage.editorial(`${articles}/${article.id}/kill`, call));
  }

  async unpublish({ token }: Person, article: EditorialArticle): Promise<EditorialArticle> {
    const call = { method: 'POST', token, headers: ifMatch(article) } as const;
    return this.#article(200, await this.#stage.editorial(`${articles}/${article.id}/unpublish`, call));
  }

  /** As a frontend reads it. */
  async page(slug: string): Promise<Answer<PublishedArticle>> {
    return await this.#stage.content(`${published}/${slug}`);
  }

  #article(status: number, answer: Answer<EditorialArticle>): EditorialArticle {
    assert.equal(answer.status, status, `It answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }
}

export function ifMatch({ version }: { version: number }): Record<string, string> {
  return { 'if-match': `"${version}"` };
}
