import { AppError } from '../../contract/errors.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Throws `version_conflict` unless the caller saw the article as it is. */
export function assertVersion(copy: WorkingCopy, basedOn: number): void {
  if (copy.version !== basedOn) throw versionConflict(copy.version, basedOn);
}

export function versionConflict(current: number, basedOn: number): AppError {
  return new AppError(
    'version_conflict',
    `Your change is based on version ${basedOn}, and the article is at version ${current}. Get it again, apply your change to that, and send it with the new ETag.`,
    { etag: `"${current}"` },
  );
}
