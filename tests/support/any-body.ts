import fc from 'fast-check';
import { type Block, type Body, blockStyles, decorators, type TextBlock } from '../../contract/schemas/body.ts';
import { anyLine, anyLines, anySpanText } from './any-text.ts';

/** Web addresses that are taken and that are odd. */
export const anyWebUrl = fc.constantFrom(
  'https://example.org/',
  'https://example.org/a(b)?x=1&copy;=2&amp;y=*_~`[z]#f',
  'http://example.org/"onmouseover="alert(1)',
  "https://example.org/'><script>alert(1)</script>",
  'https://example.org/ünï/%E2%82%AC?q=100%|{}^#a#b',
  'https://[2001:db8::1]:8443/x',
  'https://пример.example/путь',
);

const anyLinkUrl = fc.oneof(anyWebUrl, fc.constantFrom('mailto:desk@example.org?subject=a%20(b)&body=<x>'));

type Unkeyed<Keyed> = Keyed extends unknown ? Omit<Keyed, '_key'> : never;

/** Marks by place: numbers are links of the block. */
const anySpan = fc.record({
  text: anySpanText,
  decorators: fc.subarray([...decorators]),
  links: fc.oneof({ weight: 4, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: fc.subarray([0, 1]) }),
});

const anyTextBlock: fc.Arbitrary<TextBlock> = fc
  .record({
    style: fc.oneof(fc.constant('normal' as const), fc.constantFrom(...blockStyles)),
    list: fc.option(
      fc.record({
        listItem: fc.constantFrom('bullet' as const, 'number' as const),
        level: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      }),
      { nil: undefined },
    ),
    spans: fc.array(anySpan, { minLength: 1, maxLength: 5 }),
    hrefs: fc.tuple(anyLinkUrl, anyLinkUrl),
  })
  .map(({ style, list, spans, hrefs }) => ({
    _type: 'block',
    _key: '',
    style,
    ...(list ? { listItem: list.listItem, ...(list.level === undefined ? {} : { level: list.level }) } : {}),
    children: spans.map(({ text, decorators: marks, links }) => ({
      _type: 'span',
      _key: '',
      text,
      marks: [...marks, ...links.map((link) => `link${link}`)],
    })),
    markDefs: hrefs.map((href, index) => ({ _type: 'link', _key: `link${index}`, href })),
  }));

const anySize = fc.integer({ min: 1, max: 30_000 });

const anyEmbed = fc
  .constantFrom(
    ['youtube', 'https://youtu.be/abc_d?t=1&x="<b>'] as const,
    ['x', 'https://x.com/a/status/1'] as const,
    ['datawrapper', 'https://datawrapper.dwcdn.net/(a)/1/'] as const,
  )
  .map(([provider, url]) => ({ provider, url }));

/** A block that is there, without keys; optional fields are there or not. */
const anyOtherBlock: fc.Arbitrary<Unkeyed<Block>> = fc.oneof(
  fc.record(
    {
      _type: fc.constant('image' as const),
      url: anyWebUrl,
      alt: anyLine(),
      caption: anyLine(),
      credit: anyLine(),
      width: anySize,
      height: anySize,
    },
    { requiredKeys: ['_type', 'url', 'alt'] },
  ),
  fc
    .record({ embed: anyEmbed, caption: fc.option(anyLine()) })
    .map(({ embed, caption }) => ({ _type: 'embed' as const, ...embed, ...(caption === null ? {} : { caption }) })),
  fc.record(
    { _type: fc.constant('quote' as const), text: anyLines(), attribution: anyLine() },
    { requiredKeys: ['_type', 'text'] },
  ),
  fc.record({
    _type: fc.constant('factbox' as const),
    title: anyLine(),
    body: fc.array(anyTextBlock, { minLength: 1, maxLength: 4 }),
  }),
  fc.record(
    { _type: fc.constant('relatedLink' as const), articleId: fc.uuid(), title: anyLine() },
    { requiredKeys: ['_type', 'articleId'] },
  ),
);

/** A body of the profile, with lists in lists, marks across each other and blank blocks. */
export const anyBody: fc.Arbitrary<Body> = fc
  .array(fc.oneof({ weight: 4, arbitrary: anyTextBlock }, { weight: 1, arbitrary: anyOtherBlock }), { maxLength: 8 })
  .map((blocks) => blocks.map((block, index) => withKeys(block, `b${index}`)));

function withKeys(block: Unkeyed<Block>, key: string): Block {
  if (block._type === 'block') return keyedText(block, key);
  if (block._type !== 'factbox') return { ...block, _key: key };
  return { ...block, _key: key, body: block.body.map((inner, index) => keyedText(inner, `${key}i${index}`)) };
}

function keyedText(block: Unkeyed<TextBlock>, key: string): TextBlock {
  return {
    ...block,
    _key: key,
    markDefs: block.markDefs.map((definition) => ({ ...definition, _key: key + definition._key })),
    children: block.children.map((child, index) => ({
      ...child,
      _key: `${key}s${index}`,
      marks: child.marks.map((mark) => (mark.startsWith('link') ? key + mark : mark)),
    })),
  };
}
