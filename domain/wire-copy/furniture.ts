/** Lines of a web page that copy is pasted with. A row matches whole lines only, whatever their case. */
interface Furniture {
  reason: string;
  lines?: readonly string[];
  pattern?: RegExp;
}

const furniture: readonly Furniture[] = [
  {
    reason: 'page furniture',
    lines: [
      'back to top',
      'back to top button',
      'close',
      'load more',
      'menu',
      'print this article',
      'scroll to top',
      'search',
      'skip to content',
      'volver arriba',
    ],
  },
  {
    reason: 'share buttons',
    lines: [
      'compartir',
      'email this',
      'facebook',
      'follow us',
      'follow us on twitter',
      'share',
      'share on facebook',
      'share on twitter',
      'share this',
      'share this article',
      'síguenos',
      'tweet',
      'whatsapp',
    ],
  },
  {
    reason: 'advertisement',
    lines: ['ad', 'advertisement', 'advertising', 'anuncio', 'publicidad', 'sponsored content'],
  },
  {
    reason: 'link to more',
    lines: [
      'continue reading',
      'leer más',
      'more on this story',
      'read full story',
      'read more',
      'read the full story',
      'see more',
    ],
  },
  {
    reason: 'newsletter box',
    lines: ['sign up for our newsletter', 'subscribe', 'subscribe now', 'subscribe to our newsletter', 'suscríbete'],
  },
  {
    reason: 'copyright notice',
    lines: ['all rights reserved', 'todos los derechos reservados'],
    pattern: /^(?:©|\(c\) ?\d{4}|copyright (?:©|\(c\)|\d{4}))/,
  },
];

const relatedBox = [
  'artículos relacionados',
  'más noticias',
  'noticias relacionadas',
  'read also',
  'related',
  'related articles',
  'related coverage',
  'related news',
  'related stories',
  'you may also like',
];

const reasons = new Map(furniture.flatMap(({ reason, lines }) => (lines ?? []).map((line) => [line, reason] as const)));
const relatedLabels = new Set(relatedBox);

/** Nothing longer is a button, a label or a notice. */
const longest = 300;

/** Why a line is no content; undefined when it may be. */
export function furnitureReason(line: string): string | undefined {
  if (line.length > longest) return undefined;
  const label = labelOf(line);
  return reasons.get(label) ?? furniture.find(({ pattern }) => pattern?.test(label))?.reason;
}

/** Whether a line stands over a box of related headlines. */
export function isRelatedLabel(line: string): boolean {
  return line.length <= longest && relatedLabels.has(labelOf(line));
}

function labelOf(line: string): string {
  return line.toLowerCase().replace(/[\s:.…»›>→]+$/, '');
}
