/** Which lines a query is over. An access log has one for each request, a function's log one for each that reached it. */
export type QueriedLogs = 'everything' | 'functions' | 'access' | 'editorialAccess';

export type Query = {
  /** The question that it answers; also its name in the console. */
  question: string;
  over: QueriedLogs;
  text: string;
};

/**
 * The questions of docs/runbook.md, which has each text word for word, so that it works where nothing is saved. Fields are
 * those of `functions/_shared/log.ts`, of the access logs in `constructs/route-api.ts`, and of Lambda's own lines, whose
 * `type` begins with `platform.`.
 */
export const queries: readonly Query[] = [
  {
    question: 'What happened to one request',
    over: 'everything',
    text: `fields @timestamp, @log, requestId, edgeRequestId, causedBy, route, status, outcome, what, durationMs, actor, error
| filter @message like "REQUEST-ID"
| sort @timestamp asc
| limit 100`,
  },
  {
    question: 'What failed, by route and outcome',
    over: 'functions',
    text: `filter message = "request" and status >= 500
| stats count(*) as failures, max(durationMs) as slowestMs, latest(@timestamp) as lastTime, latest(requestId) as example by route, outcome
| sort failures desc`,
  },
  {
    question: 'What failed before a function could answer',
    over: 'access',
    text: `filter status >= 500
| stats count(*) as failures, latest(@timestamp) as lastTime, latest(requestId) as example by route, status, integrationError
| sort failures desc`,
  },
  {
    question: 'Which functions were ended, by time or memory',
    over: 'functions',
    text: `filter type = "platform.report" and record.status != "success"
| stats count(*) as ended, max(record.metrics.durationMs) as longestMs, max(record.metrics.maxMemoryUsedMB) as mostMB, latest(@timestamp) as lastTime by @log, record.status
| sort ended desc`,
  },
  {
    question: 'Which routes are slowest',
    over: 'functions',
    text: `filter message = "request"
| stats count(*) as requests, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99, max(durationMs) as slowestMs by route
| sort p99 desc`,
  },
  {
    question: 'Who was told that we are too busy',
    over: 'everything',
    text: `filter outcome = "busy" or status = 429
| stats count(*) as refused, latest(@timestamp) as lastTime, latest(requestId) as example by @log, route, status
| sort refused desc`,
  },
  {
    question: 'Who changed or published what',
    over: 'functions',
    text: `filter message = "request" and method in ["POST", "PUT", "PATCH", "DELETE"] and status < 400
| fields @timestamp, actor, route, articleId, address, requestId
| sort @timestamp desc
| limit 200`,
  },
  {
    question: 'Who was refused by the editorial API',
    over: 'editorialAccess',
    text: `filter status = 401 or status = 403
| stats count(*) as refused, latest(@timestamp) as lastTime, latest(address) as lastAddress, latest(requestId) as example by sub, status, authorizerError
| sort refused desc`,
  },
  {
    question: 'What reactions did',
    over: 'functions',
    text: `filter message = "reaction"
| fields @timestamp, reaction, event, slug, seq, outcome, what, causedBy, durationMs, error
| sort @timestamp desc
| limit 100`,
  },
  {
    question: 'What was due, and what became of it',
    over: 'functions',
    text: `filter message = "due" and ispresent(articleId)
| fields @timestamp, action, articleId, outcome, lateByMs, tries, error
| sort @timestamp desc
| limit 200`,
  },
  {
    question: 'How many starts were cold',
    over: 'functions',
    text: `filter type = "platform.report"
| stats count(record.metrics.initDurationMs) as coldStarts, count(*) as invocations, pct(record.metrics.initDurationMs, 50) as p50, max(record.metrics.initDurationMs) as slowestMs by @log
| sort coldStarts desc`,
  },
];
