/** What can be done with an article that is there, as `allowedActions` names it. */
export const articleActions = [
  'update',
  'revert',
  'lock',
  'submit',
  'return',
  'approve',
  'schedule',
  'unschedule',
  'publish',
  'unpublish',
  'kill',
  'trash',
  'restore',
  'purge',
] as const;
export type ArticleAction = (typeof articleActions)[number];

/** What is done by itself once its time has come. */
export const dueActions = ['publish', 'unpublish', 'purge'] as const;
export type DueAction = (typeof dueActions)[number];

/** What a line of history can say: `fail` is a scheduled action that could not be carried out. Locks are no changes. */
export const historyActions = [
  'create',
  'import',
  ...articleActions.filter((action) => action !== 'lock'),
  'fail',
] as const;
export type HistoryAction = 'create' | 'import' | Exclude<ArticleAction, 'lock'> | 'fail';
