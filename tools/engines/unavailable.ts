/** Something that this machine lacks, as a sentence for whoever wants it. It is no failure of the project's. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}
