import type { Format } from '../../contract/formats.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { htmlPage } from './html.ts';
import { articleJsonLd } from './jsonld.ts';
import { articleMarkdown } from './markdown.ts';
import { articleNinjs } from './ninjs.ts';
import type { RenderContext } from './render-context.ts';
import { articleText } from './text.ts';
import { articleWire } from './wire.ts';

export type { RenderContext } from './render-context.ts';

export type RenderedArticle = { mediaType: string; body: string };

type Rendered = Exclude<Format, 'json'>;
type Renderer = (document: PublishedArticle, context: RenderContext) => string;

const renderers: Readonly<Record<Rendered, readonly [mediaType: string, render: Renderer]>> = {
  html: ['text/html; charset=utf-8', htmlPage],
  markdown: ['text/markdown; charset=utf-8', articleMarkdown],
  text: ['text/plain; charset=utf-8', articleText],
  wire: ['text/plain; charset=utf-8', articleWire],
  ninjs: ['application/json', articleNinjs],
  jsonld: ['application/ld+json', articleJsonLd],
};

/** The article in another form than JSON. Everything in it comes from the public document. */
export function renderArticle(document: PublishedArticle, format: Rendered, context: RenderContext): RenderedArticle {
  const [mediaType, render] = renderers[format];
  return { mediaType, body: render(document, context) };
}
