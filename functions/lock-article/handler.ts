// Trigger: PUT and DELETE /editorial/v1/articles/{articleId}/lock.
// Effect: others see who is editing, for as long as it was asked for. The article and its version stay as they are.
// Follows: nothing.
import { allows } from '../../contract/roles.ts';
import { lockArticle } from '../../contract/routes/lock-article.ts';
import { unlockArticle } from '../../contract/routes/unlock-article.ts';
import { nextStage } from '../../domain/article/lifecycle.ts';
import { assertVersion } from '../../domain/article/version.ts';
import { deleteLock, putLock } from '../../store/lock.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, assertReadable, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';

const lock = endpoint(lockArticle, async (request) => {
  const { path, body, basedOn, caller } = request;
  const database = editorialDatabase(request);
  const copy = await getWorkingCopy(database, path.articleId);
  assertVersion(copy, basedOn);
  nextStage(copy, 'lock', caller);
  const held = await putLock(database, copy.id, caller, body.minutes);
  return articleReply(200, { ...copy, lock: held }, caller);
});

const unlock = endpoint(unlockArticle, async (request) => {
  const { path, basedOn, caller } = request;
  const database = editorialDatabase(request);
  const copy = assertReadable(await getWorkingCopy(database, path.articleId), caller);
  assertVersion(copy, basedOn);
  // Somebody went home with the story open: an editor may clear that away.
  await deleteLock(database, copy.id, caller, { anybodys: allows('editor', caller.role) });
  return articleReply(200, { ...copy, lock: null }, caller);
});

export const handler = oneOf(lock, unlock);
