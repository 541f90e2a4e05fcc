/** Something that whoever runs the command can put right: its message is all that they see. */
export class AdminError extends Error {
  override name = 'AdminError';
}
