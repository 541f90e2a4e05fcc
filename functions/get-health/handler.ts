// Trigger: GET /health.
// Effect: none; it touches no table.
// Follows: nothing.
import { getHealth } from '../../contract/routes/get-health.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { optionalSetting } from '../_shared/environment.ts';
import { json } from '../_shared/request.ts';

export const handler = endpoint(getHealth, async () =>
  json(200, { status: 'ok', commit: optionalSetting('commit') ?? 'unknown' }, { 'cache-control': 'no-store' }),
);
