/** Something that whoever deploys can put right. `app.ts` prints its message alone: a stack trace would hide it. */
export class SetupError extends Error {
  override name = 'SetupError';
}
