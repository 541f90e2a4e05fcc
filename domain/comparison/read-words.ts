/**
 * A text cut where its language divides words (Unicode UAX #29), spaces and punctuation included: each segment is a
 * number, equal for equal segments of all texts read by the same reader.
 */
export type Words = { text: string; segments: number[] };

export type WordReader = {
  /** Throws RangeError when `language` is no BCP 47 tag. */
  read(text: string, language: string): Words;
  /** The text that segments were read from. */
  print(segments: readonly number[]): string;
  /** Whether a segment is a word, rather than space or punctuation. */
  isWord(segment: number): boolean;
  isSpace(segment: number): boolean;
};

/** A reader of words. It remembers each distinct segment, so it is made for one comparison and let go with it. */
export function wordReader(): WordReader {
  const numbers = new Map<string, number>();
  const known: { text: string; word: boolean }[] = [];
  const segmenters = new Map<string, Intl.Segmenter>();
  const numberOf = ({ segment, isWordLike = false }: Intl.SegmentData): number => {
    const number = numbers.get(segment) ?? known.length;
    if (number === known.length) {
      numbers.set(segment, number);
      known.push({ text: segment, word: isWordLike });
    }
    return number;
  };
  return {
    read(text, language) {
      const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
      segmenters.set(language, segmenter);
      return { text, segments: Array.from(segmenter.segment(text), numberOf) };
    },
    print: (segments) => segments.map((segment) => known[segment]?.text).join(''),
    isWord: (segment) => known[segment]?.word === true,
    isSpace: (segment) => known[segment]?.text.trim() === '',
  };
}
