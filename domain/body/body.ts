import { invalidField } from '../../contract/errors.ts';
import { fieldErrors } from '../../contract/field-errors.ts';
import { type Block, type Body, type BodyInput, bodySchema } from '../../contract/schemas/body.ts';
import { blocksFromMarkdown } from './from-markdown.ts';
import { blocksFromText } from './from-text.ts';

/** A body in any of its written forms as blocks. Throws `invalid_request` at the form that was used. */
export function bodyFrom(input: BodyInput): Body {
  if (Array.isArray(input)) return input;
  if ('markdown' in input) return checked(blocksFromMarkdown(input.markdown), '/body/markdown');
  return checked(blocksFromText(input.text), '/body/text');
}

/** Blocks that we made ourselves can still be too many or too long; say so in terms of what was sent. */
function checked(blocks: Block[], pointer: string): Body {
  const result = bodySchema.safeParse(blocks);
  if (result.success) return result.data;
  const [first] = fieldErrors(result.error, blocks);
  throw invalidField(pointer, `does not fit the body profile at ${first?.pointer || '/'}: ${first?.detail}`);
}
