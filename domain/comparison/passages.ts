import type { Article } from '../../contract/schemas/article.ts';
import type { Block } from '../../contract/schemas/body.ts';
import { blockContent, blockText } from './block-content.ts';
import type { WordReader, Words } from './read-words.ts';

/** A block and its position in its body, from 0. `content` is equal for equal content, whatever the keys. */
export type Passage = { index: number; block: Block; content: string; text: string; words: () => Words };

/** The blocks of an article, each to be cut into words once, and only if somebody asks. */
export function passagesOf({ body, language }: Pick<Article, 'body' | 'language'>, reader: WordReader): Passage[] {
  return body.map((block, index) => {
    const text = blockText(block);
    let read: Words | undefined;
    const words = () => {
      read ??= reader.read(text, language);
      return read;
    };
    return { index, block, content: blockContent(block), text, words };
  });
}
