import { invalidField } from '../../contract/errors.ts';
import { listTopics } from '../../contract/routes/list-topics.ts';
import { findTopics } from '../../domain/topics/find-topics.ts';
import { isCurrentTopic } from '../../domain/topics/topics.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { json } from '../_shared/request.ts';

/** Touches no table: the vocabulary is part of the code. */
export const listTopicsEndpoint = endpoint(listTopics, async (request) => {
  const { q = '', parent, limit } = request.query;
  if (parent !== undefined && !isCurrentTopic(parent))
    throw invalidField('?parent', 'is not a current IPTC Media Topic');
  return json(200, { items: findTopics({ query: q, under: parent, limit }) });
});
