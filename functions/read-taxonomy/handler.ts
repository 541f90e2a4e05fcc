// Trigger: GET /editorial/v1/sections and GET /editorial/v1/topics.
// Effect: none.
// Follows: nothing.
import { listSections } from '../../contract/routes/list-sections.ts';
import * as sections from '../../store/sections.ts';
import { editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { json } from '../_shared/request.ts';
import { listTopicsEndpoint } from './list-topics.ts';

const list = endpoint(listSections, async (request) =>
  json(200, { items: await sections.listSections(editorialDatabase(request)) }),
);

export const handler = oneOf(list, listTopicsEndpoint);
