/** Under which address the IPTC knows its Media Topics; it is http for ever (https://cv.iptc.org/newscodes/mediatopic/). */
export const topicScheme = 'http://cv.iptc.org/newscodes/mediatopic/';

/** `20000065` of `medtop:20000065`. */
export const topicCode = (id: string): string => id.slice('medtop:'.length);

/** The address of a topic. */
export const topicUri = (id: string): string => `${topicScheme}${topicCode(id)}`;
