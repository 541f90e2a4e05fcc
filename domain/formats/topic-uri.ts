/** The address by which the IPTC knows a Media Topic; it is http for ever (https://cv.iptc.org/newscodes/mediatopic/). */
export function topicUri(id: string): string {
  return `http://cv.iptc.org/newscodes/mediatopic/${id.slice('medtop:'.length)}`;
}
