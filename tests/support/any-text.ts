import fc from 'fast-check';
import { unreadableText } from '../../contract/readable-text.ts';

/** Pieces that some form or other would take for its own markup, or trips over. */
const hostile = [
  ...[
    '<script>alert(1)</script>',
    '<b>',
    '</article>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
    '&',
    '&amp;',
    '&#60;',
    '&lt',
  ],
  ...['"', "'", '" onload="x', '\\', '\\"', '\u003c', '{{x}}', '%00', '\t', '  ', '\u00A0', '\u3000', '\uFEFF'],
  ...[
    '*',
    '**',
    '_',
    '__',
    '***',
    '`',
    '``',
    '```',
    '~~',
    '~~~',
    '#',
    '##',
    '# ',
    '- ',
    '+ ',
    '* ',
    '> ',
    '1. ',
    '2) ',
  ],
  ...[
    '=',
    '===',
    '---',
    '|',
    '| - |',
    ':-:',
    '[',
    ']',
    '](',
    '[x](y)',
    '![x](y)',
    '!',
    '[^1]',
    '[x]: /y',
    '<http://x.y>',
  ],
  ...[
    '😀',
    '👩‍👩‍👧',
    '“',
    '”',
    '—',
    '.',
    ', ',
    '(',
    ')',
    'é',
    'ß',
    'שלום',
    'مرحبا',
    '\u202E',
    '\u200F',
    '你好',
    '。',
    '́',
  ],
  ...[
    '(Update: x)',
    'EFE',
    'Almaty Jan 6 (EFE).- ',
    'Related Articles',
    'Back to top button',
    'a',
    'B',
    '7',
    ' ',
    ' word ',
  ],
];

const breaks = ['\n', '\r\n', '\n\n', '\u2028', '\u2029', '\u0085'];

const pieces = (more: readonly string[]) =>
  fc.array(fc.oneof(fc.constantFrom(...hostile, ...more), fc.string({ unit: 'grapheme', maxLength: 6 })), {
    minLength: 1,
    maxLength: 8,
  });

/** Text as it is stored: normalized, readable, and with something in it that can be seen. */
function stored(text: string, max: number): string {
  const cut = Array.from(text.normalize('NFC')).slice(0, max).join('').trim().normalize('NFC');
  return unreadableText(cut) === undefined && /[^\p{Z}\p{C}]/u.test(cut) ? cut : 'word';
}

/** A field on one line, of at most `max` characters. */
export function anyLine(max = 80): fc.Arbitrary<string> {
  return pieces([]).map((parts) => stored(parts.join('').replaceAll(/[\n\r\u0085\u2028\u2029]/g, ' '), max));
}

/** A field that may have line breaks of every kind. */
export function anyLines(max = 120): fc.Arbitrary<string> {
  return pieces(breaks).map((parts) => stored(parts.join(''), max));
}

/** The text of a span, which keeps its spaces and may be empty. */
export const anySpanText = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\n', '. ', 'word', ' word ') },
  {
    weight: 4,
    arbitrary: pieces(breaks).map((parts) => {
      const text = parts.join('').normalize('NFC');
      return unreadableText(text) === undefined ? text : 'word';
    }),
  },
);
